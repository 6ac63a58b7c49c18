import { describe, expect, test } from "vitest";
import { actionsCloseOverNothing } from "@/lib/testing/action-rules";
import { clientsAreToldApartAtHome } from "@/lib/testing/client-words";
import * as plan from "@/lib/testing/floor-plan";
import * as house from "@/lib/testing/house-rules";
import { kindsAreNamedAtHome, kindsAreReachedByDoors } from "@/lib/testing/kind-words";
import { oldWordsStayAway } from "@/lib/testing/old-words";
import { fences } from "@/lib/testing/papers/fences";
import { readAllCode, readSources, withoutComments } from "@/lib/testing/source-files";
import { literalsAreWrittenPlainly } from "@/lib/testing/spread-literals";
import { oneRoomWritesATable } from "@/lib/testing/table-owners";

const sources = readSources(process.cwd(), ["lib", "app", "components"]);
const inDocuments = fences().map(({ file, line, text }) => [`${file}:${line}`, text] as const);
const allCode = new Map([...readAllCode(process.cwd()), ...inDocuments]);
allCode.delete("lib/architecture.test.ts"); // what is wrong there is planted

type Example = Readonly<Record<string, string>>;

/** Each rule with a house so small that one look shows what is wrong with it. */
const rules: readonly (readonly [string, plan.Rule, ...Example[]])[] = [
  [
    "nobody climbs the stairs",
    plan.nobodyClimbs,
    { "lib/kernel/a.ts": 'import { b } from "@/lib/users/b";' },
    { "lib/users/a.ts": 'import type { B } from "@/lib/login/b";' },
  ],
  [
    "every room stands on a floor",
    plan.nobodyClimbs,
    { "lib/cellar/a.ts": 'import { b } from "@/lib/kernel/b";' },
    { "lib/users/a.ts": 'import { b } from "@/lib/testing/b";' },
  ],
  [
    "no file is its own ancestor",
    plan.noCircles,
    {
      "lib/users/a.ts": 'import { b } from "@/lib/users/b";',
      "lib/users/b.ts": 'import { c } from "@/lib/users/c";',
      "lib/users/c.ts": 'import { a } from "@/lib/users/a";',
    },
  ],
  [
    "next and react stay at the doors",
    plan.frameworkStaysAtTheDoors,
    { "lib/users/a.ts": 'import { cache } from "react";' },
    { "lib/serve/a.ts": 'import next from "next";' },
  ],
  [
    "next-auth has one room",
    plan.nextAuthHasOneRoom,
    { "lib/web/a.ts": 'import { encode } from "next-auth/jwt";' },
    { "app/a.ts": 'import NextAuth from "next-auth";' },
  ],
  [
    "lib knows neither faces nor doors",
    plan.libKnowsNoFaces,
    { "lib/web/a.ts": 'import { Row } from "@/components/ui/row";' },
    { "lib/web/a.ts": 'import type { A } from "@/app/actions";' },
  ],
  [
    "doors and faces ask use-cases",
    plan.doorsAskNoStore,
    { "app/a/page.tsx": 'import { countUnused } from "@/lib/factors/recovery/store";' },
    { "components/a.tsx": 'import type { Row } from "@/lib/users/store";' },
  ],
  [
    "the database is handed in",
    plan.databaseIsHandedIn,
    { "lib/users/a.ts": 'import { database } from "@/lib/db/client";' },
  ],
  [
    "the model of the histories knows nothing of the house",
    plan.modelKnowsNoHouse,
    { "lib/testing/histories/model/a.ts": 'import type { ChannelName } from "@/lib/policy/channels";' },
    { "lib/testing/histories/model/a.ts": 'import { numbers } from "@/lib/testing/histories/world";' },
    { "lib/testing/histories/model/a.ts": 'import { policy } from "../../../policy/policy";' },
    { "lib/testing/histories/model/a.ts": 'export const policy = () => import("@/lib/policy/policy");' },
  ],
  [
    "factors do not know each other",
    plan.factorsAreStrangers,
    { "lib/factors/totp/a.ts": 'import { b } from "@/lib/factors/recovery/b";' },
    { "lib/factors/a.ts": 'import { b } from "@/lib/factors/totp/code";' },
  ],
  [
    "clients are told apart by their traits",
    clientsAreToldApartAtHome,
    { "lib/sessions/a.ts": "if (clientId === portalClient) return rotate(session);" },
    { "lib/sessions/a.ts": 'const isApp = session.clientId !== "portal";' },
    { "lib/sessions/a.ts": "if (portalClient === pass.clientId) return null;" },
    { "lib/sessions/a.ts": "if (clientTraits(clientId) === clients.portal) return null;" },
    { "lib/sessions/a.ts": "const limits = { [portalClient]: hours(1) };" },
    { "lib/sessions/a.ts": "return [portalClient].includes(clientId);" },
    { "lib/sessions/a.ts": "switch (clientId) { case portalClient: return 1; }" },
    { "lib/sessions/store.ts": `AND (s.client_id <> \${portalClient} OR s.last_seen_at > now())` },
    { "lib/sessions/store.ts": "UPDATE sessions SET idle = true WHERE client_id = 'portal'" },
  ],
  [
    "kinds are told apart by their traits, and named at home",
    kindsAreNamedAtHome,
    { "lib/users/a.ts": 'export const isApp = (way: string) => way === "totp";' },
    { "lib/users/a.ts": 'if (strongest === "email" && isAdmin) return false;' },
    { "lib/users/a.ts": 'const meta = { kind: "password", device };' },
    { "lib/users/a.ts": 'return listed.includes("sms");' },
    { "lib/users/a.ts": 'export type Sent = "sms" | "email";' },
    { "lib/users/a.ts": "export const isEnough = (held.email ?? 0) === 0;" },
    { "lib/users/a.ts": 'bucketKey("factor.email", userId)' },
    { "lib/users/store.ts": "SELECT FROM factors f WHERE f.user_id = u.id AND f.kind IN ('email', 'sms')" },
    { "lib/users/store.ts": "UNION ALL SELECT 'password', 0" },
    { "lib/sessions/session.ts": 'export const passwordProof = "password";' },
    { "lib/users/a.ts": 'const words = { sms: "SMS", email: "EMAIL" };' },
    { "app/page.tsx": "<Frame isWide={kind === 'totp'} />" },
    { "lib/factors/sms/strategy.ts": 'if (isUsable("email")) return [];' },
  ],
  [
    "a kind's folders are reached by doors",
    kindsAreReachedByDoors,
    { "lib/users/a.ts": 'import { codeAt } from "@/lib/factors/totp/code";' },
    { "app/page.tsx": 'const { Face } = await import("@/components/factors/sms/face");' },
    { "lib/factors/sms/a.ts": 'import { mask } from "@/lib/factors/email/mask";' },
    { "lib/messages/catalogue.ts": "export const none = null;" },
  ],
  ["words are leaves", plan.wordsAreLeaves, { "lib/login/messages.ts": 'import { b } from "@/lib/kernel/b";' }],
  [
    "one door opens sessions",
    plan.oneDoorToSessions,
    { "lib/login/a.ts": 'import { offerSession } from "@/lib/sessions/open-session";' },
  ],
  [
    "sessions are inserted in one place",
    house.sessionsAreInsertedOnce,
    { "lib/login/store.ts": "INSERT INTO sessions (id)" },
    { "lib/login/a.ts": "await insertSession(tx, s);" },
  ],
  [
    "queries live in stores",
    house.queriesLiveInStores,
    { "lib/users/a.ts": "return ctx.db.user.count();" },
    { "app/page.tsx": "await tx.db.user.count();" },
    { "lib/users/a.ts": "await sql(tx).$executeRaw`DELETE FROM users`;" },
  ],
  [
    "one room writes a table",
    oneRoomWritesATable,
    { "lib/notices/store.ts": "await sql(tx).$executeRaw`UPDATE letters SET repeats = repeats + 1`;" },
    {
      "lib/alarm/store.ts": 'await sql(tx).$executeRaw`INSERT INTO "users" (id) VALUES ($1) ON CONFLICT DO NOTHING`;',
    },
    {
      "lib/apps/store.ts":
        "WITH gone AS (\n  DELETE FROM ONLY sessions\n  WHERE client_id = $1 RETURNING id) SELECT id FROM gone",
    },
    { "lib/setup/store.ts": "await ctx.db\n  .user\n  .updateMany({ where: { id } });" },
    { "lib/setup/store.ts": "const { oneTimeLink } = tx.db;\nawait oneTimeLink.create({ data });" },
    { "lib/users/store.ts": "await runTogether(db, [Prisma.sql`DELETE FROM buckets WHERE key = $1`]);" },
    { "lib/users/check.ts": "await lastly(ctx, () => Prisma.sql`UPDATE users SET password_failures = 0`);" },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of code, whose hole leaves the table open
    { "lib/users/store.ts": "await sql(ctx).$executeRaw`UPDATE ${Prisma.raw(table)} SET id = id`;" },
    { "lib/users/store.ts": "await ctx.db[model].deleteMany();" },
    { "lib/users/store.ts": 'client.query(copyFrom(`COPY letters ("id") FROM STDIN`));' },
    { "lib/users/store.ts": "await sql(ctx).$executeRaw`DELETE FROM nobodys`;" },
    { "app/page.tsx": "await tx.db.session.delete({ where: { id } });" },
  ],
  [
    "time is handed in",
    house.timeIsHandedIn,
    { "lib/users/a.ts": "const now = new Date();" },
    { "lib/users/a.ts": "return Date.now();" },
  ],
  [
    "chance is handed in",
    house.chanceIsHandedIn,
    { "lib/users/a.ts": "return Math.random();" },
    { "lib/users/a.ts": "return crypto.randomUUID();" },
  ],
  [
    "an address is read by one function",
    house.addressesAreReadByOne,
    { "lib/users/a.ts": "const url = URL.canParse(text) ? new URL(text) : null;" },
    { "app/actions.ts": "return URL.canParse(referer);" },
  ],
  [
    "cryptography has its place",
    house.cryptographyHasItsPlace,
    { "lib/users/a.ts": 'import { createHash } from "node:crypto";' },
  ],
  [
    "a formatter is made once",
    house.formattersAreKept,
    {
      "lib/messages/a.ts": "export function dayOf(day: Date) {\n  return new Intl.DateTimeFormat(tag).format(day);\n}",
    },
    { "components/a.tsx": "const plain = (n: number) => Intl.NumberFormat(tag).format(n);" },
    { "app/page.tsx": '<p>{at.toLocaleDateString("en")}</p>' },
    {
      "lib/messages/a.ts":
        "const days = kept((tag: string) => new Intl.DateTimeFormat(tag));\nconst list = (tag: string) => new Intl.ListFormat(tag);",
    },
  ],
  [
    "late parts are kept",
    house.latePartsAreKept,
    { "lib/web/a.ts": 'const { b } = await import("@/lib/web/b");' },
    { "app/x/actions.ts": 'const load = () => import("@/lib/web/b");' },
  ],
  [
    "the environment is configuration",
    house.environmentIsConfiguration,
    { "lib/users/a.ts": "return process.env.NAME;" },
  ],
  [
    "every action says who may",
    house.everyActionSaysWho,
    { "app/x/actions.ts": "export async function deleteAction() {}" },
    { "app/x/actions.ts": "export const deleteAction = async () => {};" },
  ],
  ["server actions live in actions.ts", house.actionsLiveInActions, { "app/x/page.tsx": '"use server";' }],
  [
    "no server action closes over a value",
    actionsCloseOverNothing,
    { "app/x/actions.ts": '"use server";\nconst act = (id) => async () => { "use server"; return id; };' },
    { "app/x/actions.ts": "'use server';\nasync function act() { 'use cache'; }" },
    { "lib/x/a.ts": '"use cache";' },
    { "app/x/page.tsx": "<form action={removeAction.bind(null, id)}>" },
    { "components/a.tsx": "action?.bind(null, id)" },
  ],
  [
    "a folder of a route is a part of its address, or has a layout",
    house.routesHaveNoIdleFolders,
    { "app/(people)/security/page.tsx": "" },
    { "app/security/(own)/profile/page.tsx": "", "app/(people)/layout.tsx": "" },
    { "app/(people)/x/(own)/page.tsx": "", "app/(people)/x/(own)/layout.tsx": "" },
  ],
  [
    "actions stand in folders of their own",
    house.actionsStandApart,
    { "app/security/photo/actions.ts": "" },
    { "app/(account)/security/card.tsx": "" },
  ],
  [
    "neither catalogue nor keys travel to the browser",
    house.browserGetsNoSecrets,
    { "components/a.tsx": '"use client";\nimport { say } from "@/lib/messages/say";' },
    {
      "components/a.tsx": '"use client";\nimport { b } from "@/components/b";',
      "components/b.tsx": 'import { keyring } from "@/lib/crypto/keyring";',
    },
  ],
  [
    "transactions start with a write",
    house.transactionsStartWithAWrite,
    {
      "lib/users/a.ts":
        "return inTransaction(ctx, async (tx) => {\n  const code = await findCode(tx, id);\n  if (code) await spend(tx, id);\n});",
    },
    {
      "lib/users/a.ts":
        "return inShortTransaction(ctx, (tx) => grant(tx, id));\n\nasync function grant(tx: Ctx, id: string) {\n  if ((await countActive(tx)) > 0) await spend(tx, id);\n}\n",
    },
  ],
];

/** Those that hold in tests, rigs, stories, scripts and the examples of the documents too. */
const rulesOfAllCode: typeof rules = [
  [
    "retired words stay away",
    oldWordsStayAway,
    { "lib/sessions/a.ts": "export const endLane = (lane: string) => end(lane);" },
    { "lib/sessions/store.ts": "UPDATE sessions SET lane = $1" },
    { "lib/login/password-lane.ts": "export const none = null;" },
    { "lib/letters/a.ts": "export const takeErrand = (errand: Errand) => errand.run();" },
    { "lib/throttle/a.ts": "await unpayAddress(ctx, consumed);" },
    { "lib/throttle/store.ts": "export const uncount = (key: string) => forgiveCounter(key);" },
    { "lib/factors/a.ts": "await postCode(tx, letter);" },
    { "lib/login/b.ts": "await payClaim(ctx, claim);" },
    { "app/api/route.ts": 'import { verifyTotp } from "@/lib/wire/verify";' },
    { "lib/testing/a.ts": "export const chargesIn = (files: Sources) => [];" },
    { "lib/login/a.test.ts": 'const lane = "portal";' },
    { "e2e/specs/a.spec.ts": "for (const lane of lanes) await knock(lane);" },
    { "scripts/a.mjs": "const { lane } = row;" },
  ],
  [
    "literals are written plainly",
    literalsAreWrittenPlainly,
    { "lib/users/a.ts": "const person = { ...{ id, email }, language };" },
    { "lib/users/a.test.ts": "const row = {\n  ...{\n    id,\n  },\n};" },
    { "scripts/a.mjs": "const all = [...[first, second], third];" },
    { "docs/a.md:1": "const all = [\n  ...[{ a: 1 }, { a: 2 }],\n];" },
  ],
];

test("there is a house to look at", () => {
  expect(sources.size).toBeGreaterThan(200);
  expect(sources.has("lib/challenge/answer-challenge.ts")).toBe(true);
  for (const path of ["e2e/specs/login.spec.ts", "scripts/check-node.mjs", "lib/file-lengths.test.ts"])
    expect(allCode.has(path), path).toBe(true);
});

test("words in groups, and what is made of a literal first, are written plainly enough", () => {
  const text = 'const a = [...["x", `y`], ...[1, 0x2f, null], ...[b, c].map(String), ...["z".repeat(9)], ...[d][0]];';
  expect(literalsAreWrittenPlainly(new Map([["lib/users/a.ts", text]]))).toEqual([]);
});

const named = [
  ...rules.map(([name, rule, ...examples]) => ({ name, rule, examples, house: sources })),
  ...rulesOfAllCode.map(([name, rule, ...examples]) => ({ name, rule, examples, house: allCode })),
];
describe.each(named)("$name", ({ rule, examples, house }) => {
  test("in this house", () => expect(rule(house)).toEqual([]));
  test.each(examples.map((example) => [example]))("and the rule notices %j", (example) => {
    expect(rule(new Map(Object.entries(example))).length).toBeGreaterThan(0);
  });
});

test("a word in a comment is no deed", () => {
  const text = withoutComments('/** never new Date() */\nconst a = "https://x"; // not Math.random()\n');
  for (const [, rule] of [...rules, ...rulesOfAllCode]) expect(rule(new Map([["lib/users/a.ts", text]]))).toEqual([]);
});
