import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { containAccount } from "@/lib/account/contain-account";
import { answerGraphql } from "@/lib/api/graphql";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { channelOf } from "@/lib/delivery/delivery.kit";
import { resendCarrier } from "@/lib/delivery/resend";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { systemRandom } from "@/lib/kernel/random";
import { aNotice, carryAll } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { invitePerson } from "@/lib/operator/invite-person";
import { openReset } from "@/lib/resets/open-reset";
import { completeSetup } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { recordedLines, watchSecrets } from "@/lib/testing/canaries";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { someApp } from "@/lib/testing/some-app";
import { resendRefusal, startResendStandIn } from "@/lib/testing/stand-ins/resend-stand-in";
import { storedLines } from "@/lib/testing/stored-lines";
import { aloud, atSecondDoor, knock, openHouse, whileBroken } from "@/lib/testing/story";
import { makePerson, openSessionFor, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { enterIn } from "@/lib/testing/trusted-browser";
import { openUnlockByLink } from "@/lib/unlocks/open-unlock";
import { askedUnlock } from "@/lib/unlocks/unlocks.kit";

const house = openHouse({ ...sendingSettings, TRUST_DEVICES: "14" });
afterEach(() => vi.restoreAllMocks());

const stranger = (): Ctx => ({ ...aloud(house.stranger()), requestId: "r-1" });
const levels = () => [...new Set(house.logged().map((line) => JSON.parse(line).level))].toSorted();
const everything = async () => [
  ...house.logged(),
  ...(await recordedLines(house.ctx)),
  ...(await storedLines(house.ctx)),
];
/** Whatever it comes to: a refusal, a fault, or nothing. A fault is told as the portal tells it. */
const tried = async (doing: Promise<unknown>) => {
  const fault = await doing.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (fault !== null) logLine("error", "request.failed", faultLine(fault));
};

test("a bird is seen in whatever form it sits there", () => {
  const secrets = watchSecrets();
  const [bird, code, made] = ['a "quoted" b\u2028', systemRandom.digits(6), systemRandom.bytes(20)];
  secrets.add(bird);
  const seen = [
    { bird },
    { at: encodeURIComponent(bird) },
    { code },
    { hex: made.toString("hex") },
    { t: systemRandom.token() },
  ];
  for (const one of seen) expect(secrets.seenIn([JSON.stringify(one)])).toHaveLength(1);
  expect(secrets.seenIn([`{"number":1${code}}`])).toEqual([]);
});

test("no line and no row says what somebody typed into the wrong field, or into the right one", async () => {
  const secrets = watchSecrets();
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const typed = (what: string) => {
    const canary = `Canary ${what} "7\u2028é" ${secrets.count()}`;
    secrets.add(canary);
    return canary;
  };
  await tried(knock(stranger(), person, { identifier: typed("password as name"), password: typed("password") }));
  await tried(knock(stranger(), person, { password: typed("password"), deviceToken: typed("device") }));
  const pass = await atSecondDoor(stranger(), person.userId);
  for (const kind of ["totp", "recovery", "sms", "email"] as const)
    await tried(answer(stranger(), pass, kind, typed(kind)));
  const token = () => typed("token");
  await tried(acceptInvitation(stranger(), { token: token(), password: typed("password") }));
  await tried(revertEmail(stranger(), { token: token() }));
  await tried(containAccount(stranger(), { token: token() }));
  await tried(openReset(stranger(), { token: token(), deviceToken: typed("device") }));
  await tried(openUnlockByLink(stranger(), { token: token() }));
  await tried(
    completeSetup(stranger(), { token: token(), email: "a@example.test", username: "", password: typed("password") }),
  );
  secrets.add(app.secret);
  expect(levels()).toEqual(["error", "event"]);
  expect(secrets.seenIn(await everything())).toEqual([]);
});

test("nor what the API was told and answers", async () => {
  const secrets = watchSecrets();
  const person = await makePerson(house.ctx, { password: "nine canaries in a cage" });
  secrets.add(person.password);
  secrets.add((await withTotp(house.ctx, person)).secret);
  const query = "mutation loginByEmail($input: LoginByEmailInput!) { loginByEmail(input: $input) { token } }";
  for (const password of [person.password, "Canary 1 by API"]) {
    secrets.add(password);
    const input = { email: person.email, password };
    const call = { ctx: stranger(), app: someApp, token: null, looksLikeMfa: false };
    const { body } = await answerGraphql(call, { query, variables: { input } });
    for (const [, said = ""] of JSON.stringify(body).matchAll(/"([\w.~-]{30,})"/g)) secrets.add(said);
  }
  expect(secrets.seenIn(await everything())).toEqual([]);
});

test("nor what a database or a provider quotes when something fails", async () => {
  const secrets = watchSecrets();
  const key = "re_canary7key";
  secrets.add(key);
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const code = app.codeAt(house.ctx.now);
  secrets.add(code);
  await whileBroken(house.ctx, () => tried(answer(stranger(), pass, "totp", code)));
  await house.db
    .$executeRaw`ALTER TABLE security_events ADD CONSTRAINT quotes CHECK (name <> 'login.password_refused') NOT VALID`;
  await tried(knock(stranger(), person, { password: "Canary at a fault" }));
  await house.db.$executeRaw`ALTER TABLE security_events DROP CONSTRAINT quotes`;
  secrets.add("Canary at a fault");
  await tried(house.db.$queryRaw`SELECT ${"Canary at a fault"}::int`);
  const provider = await startResendStandIn(key);
  const to = "canary@example.test";
  secrets.add(to);
  provider.planAll({ kind: "answer", answer: resendRefusal(422, "validation_error", `${key} for ${to}: 482913`) });
  await queueLetters(house.ctx, [aNotice(482_913, { userId: person.userId, to })]);
  secrets.add("482913");
  const mail = channelOf(resendCarrier({ apiKey: key, baseUrl: provider.url, from: "a@example.test" }));
  await carryAll(aloud(house.ctx), { mail: () => mail, sms: () => null });
  await provider.close();
  expect(levels()).toEqual(["alarm", "error", "event"]);
  expect(secrets.seenIn(await everything())).toEqual([]);
});

/** What somebody who has every row and none of the keys would make of a guess, to look whether it is right. */
const guessed = (value: string) => ["sha1", "sha256", "sha512"].map((way) => createHash(way).update(value).digest());

test("nor does any row hold what opens something: a session, a device, a link, a code, an app, a number; nor what a guess at one could be tried on", async () => {
  const secrets = watchSecrets();
  const [ada, eve] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const app = await withTotp(house.ctx, ada);
  for (const secret of [app.secret, "+12025550188", ...(await withRecoveryCodes(house.ctx, ada))]) secrets.add(secret);
  await enterIn(house.stranger(), ada, { jar: { devices: null }, trusts: true });
  await withAddress(house.ctx, eve, "sms", "+12025550188");
  const pass = await atSecondDoor(house.stranger(), eve.userId);
  await prepareAnswer(house.stranger(), { pass, kind: "sms", factorId: null, sessionId: null });
  await begunReset(house, eve);
  await askedUnlock(house, ada.email, ada.userId);
  const { actor } = await openSessionFor(house.ctx, eve);
  const further = "further.canary@example.test";
  secrets.add(further);
  await beginProof(house.ctx, { actor, purpose: "further", typed: further });
  await newRegistrationLink(house.ctx, further);
  await issueSetupLink(house.ctx);
  await invitePerson(house.ctx, { email: "invited@example.test", username: null, isAdmin: false, by: "tests" });
  const few = [await lastCode(house.ctx, eve.userId), "+12025550188", further, ada.password, app.secret];
  for (const value of few) for (const digest of guessed(value)) secrets.add(digest);
  expect(secrets.count()).toBeGreaterThan(100);
  expect((await storedLines(house.ctx)).filter((line) => line.includes("$argon2"))).toEqual([]);
  expect(secrets.seenIn(await everything())).toEqual([]);
  await house.db.user.update({ where: { id: eve.userId }, data: { nickname: app.secret } });
  expect(secrets.seenIn(await everything()), "and one would be seen").toHaveLength(1);
});
