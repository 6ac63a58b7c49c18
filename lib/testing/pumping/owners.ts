import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { DomainError } from "@/lib/kernel/errors";
import { recognise } from "@/lib/sessions/devices/known-device";
import { lastCode } from "@/lib/testing/letters";
import { knockAs, note, type Owner, type Town, visitorAt } from "@/lib/testing/pumping/town";

/** What an owner was promised, and whether it was kept. */
export type Promised = { readonly what: string; readonly found: string; readonly isKept: boolean };

/** So long after the town began (milliseconds): behind the last request of the attackers, before the day is over. */
const evening = 84_600_000;

type Asking = { readonly after: number; readonly ip: string; readonly deviceToken?: string };

/** An owner, or somebody with her password, asks for a code in a login of its own. Out: the id of the refusal, or null; and the login. */
async function ask(town: Town, { person }: Owner, { after, ip, deviceToken = "" }: Asking) {
  const ctx = visitorAt(town, new Date(town.begins.getTime() + evening + after), ip);
  const { deviceId } = await recognise(ctx, { identifier: person.email }, deviceToken);
  const pass = await knockAs(ctx, person.userId, deviceId);
  note(town, ctx, pass, true);
  try {
    await prepareAnswer(ctx, { pass, kind: "sms", factorId: null, sessionId: null });
    return { ctx, pass, refusal: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ctx, pass, refusal: error.id };
  }
}

const said = (refusals: readonly (string | null)[]) => refusals.map((refusal) => refusal ?? "a code").join(", ");

/** Two owners whose passwords nobody knows: whatever strangers claimed, there is a code for them. */
export async function ownersNobodyKnows(town: Town): Promise<readonly Promised[]> {
  const newcomer = await ask(town, town.newcomer, { after: 0, ip: "192.0.2.10" });
  const claimed = await ask(town, town.claimed, { after: 1000, ip: "192.0.2.11" });
  const what = ["an owner on a new device gets a code", "an owner whose number strangers claimed all day gets hers"];
  return [newcomer, claimed].map(({ refusal }, n) => ({
    what: what[n] ?? "",
    found: said([refusal]),
    isKept: refusal === null,
  }));
}

/** Whoever knows the passwords of owners asks for all that is left of their codes. Out: how many more were sent. */
export async function drain(town: Town): Promise<number> {
  let [sent, after] = [0, 10_000];
  for (const victim of [town.known, ...town.victims, ...town.lateVictims]) {
    for (let refusal: string | null = null; refusal === null; after += 10) {
      refusal = (await ask(town, victim, { after, ip: "198.51.100.77" })).refusal;
      sent += refusal === null ? 1 : 0;
    }
  }
  return sent;
}

/** An owner whose codes are drained: on her own device she has two more, and one of them lets her in. */
export async function ownerOfAKnownDevice(town: Town): Promise<readonly Promised[]> {
  const { known } = town;
  const { deviceToken } = known;
  const stranger = await ask(town, known, { after: 300_000, ip: "198.51.100.77" });
  const one = await ask(town, known, { after: 301_000, ip: "192.0.2.12", deviceToken });
  const { userId } = known.person;
  const two = await ask(town, known, { after: 302_000, ip: "192.0.2.12", deviceToken });
  const third = await ask(town, known, { after: 303_000, ip: "192.0.2.12", deviceToken });
  const answer = two.refusal === null ? { code: await lastCode(two.ctx, userId) } : {};
  await answerChallenge(two.ctx, { pass: two.pass, kind: "sms", answer, sessionId: null });
  const opened = await claimLogin(two.ctx, two.pass);
  const isKept = stranger.refusal === "post.too_many" && one.refusal === null && two.refusal === null;
  return [
    {
      what: "an owner whose codes are drained gets two more on her known device, and a stranger none",
      found: `the stranger: ${said([stranger.refusal])}; she: ${said([one.refusal, two.refusal, third.refusal])}`,
      isKept: isKept && third.refusal === "post.too_many",
    },
    {
      what: "one of them lets her in",
      found: opened === null ? "no session" : "a session",
      isKept: opened?.userId === userId,
    },
  ];
}
