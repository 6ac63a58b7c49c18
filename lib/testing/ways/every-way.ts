import { acceptInvitation } from "@/lib/account/accept-invitation";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { ensure } from "@/lib/kernel/assert";
import { openLetter } from "@/lib/letters/open-letter";
import { inviteAgain } from "@/lib/operator/invite-person";
import { askToRegister } from "@/lib/registration/ask-to-register";
import { register } from "@/lib/registration/register";
import { completeSetup } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { lastCode } from "@/lib/testing/letters";
import { answerOf, signInWith, withPasskey } from "@/lib/testing/passkeys";
import { answer } from "@/lib/testing/second-door";
import type { Make } from "@/lib/testing/software-key";
import { type House, knock } from "@/lib/testing/story";
import { makePerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { someNumber } from "@/lib/testing/thieves/owner";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";

/** What the session of a way says of itself, and whether its browser is known afterwards. */
export type Says = { readonly amr: readonly string[]; readonly aal: number; readonly isKnown: boolean };

const password = "eleven patient otters at dusk";

/** Every way to a session, walked to its end; the words are those of the table in docs/security/ways-in.md. */
export const everyWay: readonly (readonly [words: string, walk: (house: House) => Promise<Says>])[] = [
  [
    "password alone",
    async (house) => claimed(house, (await knock(house.stranger(), await makePerson(house.ctx))).pass),
  ],
  ["password and authenticator app", byApp],
  ["password and code by text message", (house) => bySentCode(house, "sms", someNumber())],
  ["password and code by e-mail", (house) => bySentCode(house, "email", "codes@mail.example.test")],
  ["passkey alone, its person verified", (house) => byPasskey(house, {})],
  ["the same of a passkey that may be copied", (house) => byPasskey(house, { isSynced: true })],
  ["password and passkey, or security key without a PIN", byKey],
  ["password and recovery code", byPaper],
  ["password and trusted browser", byTrust],
  ["set-up link", bySetup],
  ["registration link", byRegistration],
  ["invitation link", byInvitation],
];

async function claimed(house: House, pass: Pass): Promise<Says> {
  const opened = await claimLogin(house.stranger(), pass);
  ensure(opened, "whoever has passed every door is in");
  return saidBy(house, opened);
}

async function saidBy(
  { db }: House,
  { sessionId: id, deviceToken }: { sessionId: string; deviceToken: string | null },
) {
  const { amr, aal } = await db.session.findUniqueOrThrow({ where: { id }, select: { amr: true, aal: true } });
  return { amr, aal, isKnown: deviceToken !== null };
}

async function byApp(house: House): Promise<Says> {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const { pass } = await knock(house.stranger(), person);
  await answer(house.stranger(), pass, "totp", app.codeAt(house.clock.now()));
  return claimed(house, pass);
}

async function byPasskey(house: House, make: Make): Promise<Says> {
  const key = await withPasskey(house.ctx, await makePerson(house.ctx), make);
  return claimed(house, (await signInWith(house.stranger(), key)).pass);
}

async function byKey(house: House): Promise<Says> {
  const person = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, person, { verifies: false, uvAtBinding: false });
  const { pass } = await knock(house.stranger(), person);
  const { credential } = await answerOf(house.ctx, key, pass);
  await answer(house.stranger(), pass, "passkey", credential);
  return claimed(house, pass);
}

async function bySentCode(house: House, kind: "sms" | "email", to: string): Promise<Says> {
  const person = await makePerson(house.ctx);
  await withAddress(house.ctx, person, kind, to);
  const { pass } = await knock(house.stranger(), person);
  await prepareAnswer(house.stranger(), { pass, kind, factorId: null, sessionId: null });
  await answer(house.stranger(), pass, kind, await lastCode(house.ctx, person.userId));
  return claimed(house, pass);
}

async function byPaper(house: House): Promise<Says> {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const [code = ""] = await withRecoveryCodes(house.ctx, person);
  const { pass } = await knock(house.stranger(), person);
  await answer(house.stranger(), pass, "recovery", code);
  return claimed(house, pass);
}

async function byTrust(house: House): Promise<Says> {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person);
  const jar: Jar = { devices: null };
  await enterIn(house.stranger(), person, { jar, trusts: true });
  return saidBy(house, (await enterIn(house.stranger(), person, { jar })).opened);
}

/** In a house that never had an administrator. */
async function bySetup(house: House): Promise<Says> {
  const link = await issueSetupLink(house.ctx);
  const token = new URL(link ?? "").searchParams.get("link") ?? "";
  const { pass } = await completeSetup(house.stranger(), {
    token,
    email: "first@example.test",
    username: "",
    password,
  });
  return claimed(house, pass);
}

async function byRegistration(house: House): Promise<Says> {
  await askToRegister(house.stranger(), { email: "newcomer@example.test" });
  const rows = await house.db.letter.findMany({ orderBy: { seq: "asc" } });
  const facts: unknown = rows.map((row) => openLetter(row)?.facts).at(-1);
  const link = typeof facts === "object" && facts !== null && "link" in facts ? String(facts.link) : "";
  const { pass } = await register(house.stranger(), { token: link.split("/").at(-1) ?? "", password });
  return claimed(house, pass);
}

async function byInvitation(house: House): Promise<Says> {
  const { userId } = await makePerson(house.ctx);
  const invited = await inviteAgain(house.ctx, { userId, by: "cli" });
  const token = invited?.link.split("/").at(-1) ?? "";
  return claimed(house, (await acceptInvitation(house.stranger(), { token, password })).pass);
}
