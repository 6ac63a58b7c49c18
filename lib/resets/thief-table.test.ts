import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { minutes } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { knock, openHouse } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../docs/security/thieves.md");
const house = openHouse(sendingSettings);

/** What a thief may hold of an owner's. */
const things = [
  "the password",
  "the mailbox",
  "the number (SIM)",
  "a known device's cookie",
  "one code, phished",
] as const;
type Thing = (typeof things)[number];

type Owner = { readonly person: TestPerson; readonly deviceToken: string | null; readonly phished: () => string };

let owners = 0;

async function owner(): Promise<Owner> {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  owners += 1;
  await withAddress(house.ctx, person, "sms", `+1202555${String(100 + owners).padStart(4, "0")}`);
  await withRecoveryCodes(house.ctx, person);
  const { deviceToken } = await openSessionFor(house.ctx, person);
  house.clock.move(minutes(1));
  return { person, deviceToken, phished: () => app.codeAt(house.ctx.now) };
}

const outcomes = {
  nothing: "nothing",
  asked: "the second step, and no further",
  in: "a session",
  password: "a new password",
} as const;

/** The second step with what they hold; false: they hold nothing that answers. */
async function answered(pass: Pass, held: readonly Thing[], { person, phished }: Owner): Promise<boolean> {
  try {
    if (held.includes("one code, phished")) await answer(house.stranger(), pass, "totp", phished());
    else if (held.includes("the number (SIM)")) {
      await prepareAnswer(house.stranger(), { pass, kind: "sms", factorId: null, sessionId: null });
      await answer(house.stranger(), pass, "sms", await lastCode(house.ctx, person.userId));
    } else return false;
    return true;
  } catch (refusal) {
    if (refusal instanceof DomainError) return false;
    throw refusal;
  }
}

/** The front door. */
async function logIn(held: readonly Thing[]): Promise<string> {
  if (!held.includes("the password")) return outcomes.nothing;
  const one = await owner();
  const deviceToken = held.includes("a known device's cookie") ? one.deviceToken : null;
  const { pass } = await knock(house.stranger(), one.person, { deviceToken });
  if (!(await answered(pass, held, one))) return outcomes.asked;
  return (await claimLogin(house.stranger(), pass)) ? outcomes.in : outcomes.asked;
}

/** A forgotten password. Out: what they reach, and where the owner hears of it besides the mailbox that they may read. */
async function reset(held: readonly Thing[]): Promise<readonly [reached: string, told: string]> {
  if (!held.includes("the mailbox")) return [outcomes.nothing, "the letter is the owner's"];
  const one = await owner();
  const deviceToken = held.includes("a known device's cookie") ? one.deviceToken : null;
  const { pass } = await begunReset(house, one.person, { deviceToken });
  if (!(await answered(pass, held, one))) return [outcomes.asked, "the mailbox"];
  await setNewPassword(house.stranger(), { pass, password: "nine slow ferries to nowhere", remove: [] });
  const told = (await lettersOf(house.ctx, one.person.userId)).filter(({ kind }) => kind === "password.reset");
  return [
    outcomes.password,
    `every address (${told
      .map(({ channel }) => channel)
      .sort()
      .join(", ")})`,
  ];
}

const pairs = things.flatMap((one, at) => things.slice(at + 1).map((other) => [one, other] as const));
const thieves: readonly (readonly Thing[])[] = [...things.map((one) => [one]), ...pairs];

test("docs/security/thieves.md says what each thief reaches, as the real code lets them", async () => {
  const rows: string[][] = [];
  for (const held of thieves) {
    const [reached, told] = await reset(held);
    rows.push([held.join(" and "), await logIn(held), reached, told]);
  }
  const further = rows.filter(([held = "", , reached]) => reached === outcomes.password && !held.includes("mailbox"));
  expect(further).toEqual([]);
  expect(
    rows.filter(([held = ""]) => !held.includes(" and ")).every(([, , reached]) => reached !== outcomes.password),
  ).toBe(true);
  const table = markdownTable(["a thief with", "login", "a forgotten password", "who hears of the reset"], rows);
  await expect(withPart(readFileSync(place, "utf8"), "thieves", table)).toMatchFileSnapshot(place);
});
