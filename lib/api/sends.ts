import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { fullNumber } from "@/lib/api/full-number";
import { called } from "@/lib/api/kind-words";
import { type Caller, operation, optionalText } from "@/lib/api/operation";
import { done, type Reply } from "@/lib/api/reply";
import { passOf } from "@/lib/api/who";
import type { Pass } from "@/lib/challenge/challenge";
import { beginAtLogin, sendAgainAtLogin } from "@/lib/challenge/enrol-at-login";
import { heldFor } from "@/lib/challenge/held-before";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { findOpenLogin, readApiWays } from "@/lib/challenge/read-api-ways";
import type { Ctx } from "@/lib/context/context";
import { openSecret } from "@/lib/crypto/factor-secret";
import { strategies } from "@/lib/factors/registry";
import { consumeAsking } from "@/lib/factors/send-code";
import { findPending } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { canLeave } from "@/lib/letters/queue-letters";
import { line } from "@/lib/login/schema";
import { policy } from "@/lib/policy/policy";
import { askForReset } from "@/lib/resets/ask-for-reset";

type SentCodeKind = typeof called.message | typeof called.mail;
type Sending = { readonly kind: SentCodeKind; readonly to: string | undefined };

/**
 * Sends a code for the login that the mfaToken names, and to nowhere but its own addresses. Without such a token nothing is sent and the answer
 * is the same for every address: clients may call this without one, and strangers may name any.
 */
async function send(caller: Caller, { kind, to }: Sending): Promise<Reply> {
  const { ctx } = caller;
  if (!caller.looksLikeMfa) {
    tellOperator(caller, kind);
    return done("wire.sent");
  }
  const pass = passOf(caller);
  const ways = await readApiWays(ctx, pass);
  if (ways.enrols.includes(kind)) return sendToBind(caller, pass, { kind, to });
  if (!ways.options.includes(kind)) return done("wire.sent");
  const isShown = to === undefined || ways.destinations.some((each) => each.kind === kind && each.masked === to);
  if (!isShown) return sendIfTheirs(caller, pass, { kind, to });
  await prepareAnswer(ctx, { pass, kind, factorId: null, sessionId: null });
  return done("wire.sent");
}

const samples = sampler(policy.requests.oddLines);

/** Nobody else is told: an app that forgets the token waits for codes that never come, and only the one who runs the portal can find out why. */
function tellOperator({ ctx, app }: Caller, kind: SentCodeKind): void {
  const sample = samples(app.id, ctx.now);
  if (sample === null) return;
  const { leftOut } = sample;
  logLine("warning", "lane.send_without_token", { requestId: ctx.requestId, app: app.id, kind, leftOut });
}

/**
 * A whole number is a claim, and a stranger with a password could try out many: nothing may tell whether it is the right one, neither the answer
 * nor its time nor the next answer. So what asking costs is consumed in every case, the answer is given then, and what follows is refused in silence.
 */
async function sendIfTheirs({ ctx }: Caller, pass: Pass, { kind, to }: Sending): Promise<Reply> {
  const { userId, id, policy } = await findOpenLogin(ctx, pass);
  await consumeAsking(ctx, { kind, owner: { userId, begunIn: id } });
  const work = async () => {
    const address = stored(ctx, kind, to);
    if (address === null) return;
    const factor = (await heldFor(ctx, { userId, policy }, kind)).find((each) => openSecret(each) === address);
    if (factor) await prepareAnswer(ctx, { pass, kind, factorId: factor.id, sessionId: null, isStepConsumed: true });
  };
  return { ...done("wire.sent"), afterwards: work };
}

/** The stored form of an address, or null when it is none. */
function stored(ctx: Ctx, kind: SentCodeKind, to: string | undefined): string | null {
  try {
    return strategies[kind].enrolment?.begin(ctx, { userId: "", email: "" }, { destination: to ?? "" }).secret ?? null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** An address that is to be bound in this login: the code goes there, and nowhere else until another one is named. */
async function sendToBind(caller: Caller, pass: Pass, { kind, to }: Sending): Promise<Reply> {
  const { ctx } = caller;
  const { userId, id } = await findOpenLogin(ctx, pass);
  const pending = await findPending(ctx, { userId, begunIn: id }, kind);
  const address = stored(ctx, kind, to);
  const isSame = pending !== null && (to === undefined || (address !== null && openSecret(pending) === address));
  if (isSame) await sendAgainAtLogin(ctx, { pass, kind });
  else await beginAtLogin(ctx, { pass, kind, given: { destination: to ?? "" } });
  return done("wire.sent");
}

export const sendSms = operation({
  name: "sendSmsCode",
  summary: "Send a code by text message for a second step.",
  needs: "mfaToken",
  output: z.undefined(),
  refuses: [apiCodes.sentAlready],
  input: z.object({ phone: optionalText, phoneCountryCode: optionalText, scene: optionalText }),
  act: (caller, { phone, phoneCountryCode }) =>
    send(caller, { kind: called.message, to: phone && fullNumber(phone, phoneCountryCode) }),
});

export const sendEmail = operation({
  name: "sendEmail",
  summary: "Send a code by e-mail for a second step, or without a token for a forgotten password.",
  needs: "mfaToken",
  output: z.undefined(),
  refuses: [apiCodes.sentAlready],
  input: z.object({ email: optionalText, scene: optionalText }),
  act: (caller, { email, scene }) =>
    isReset(caller, email, scene) ? sendForReset(caller, email) : send(caller, { kind: called.mail, to: email }),
});

/** The scenes of a forgotten password. The documentation's own name for it is undefined in the package, so it may be missing. */
const resetScenes: readonly string[] = ["RESET_PASSWORD", "RESET_PASSWORD_VERIFY_CODE"];

function isReset({ looksLikeMfa }: Caller, email: string | undefined, scene: string | undefined): email is string {
  return !looksLikeMfa && email !== undefined && email !== "" && (scene === undefined || resetScenes.includes(scene));
}

/** A code for a new password, to the account's own address if there is one: the same answer and the same row for every name. */
async function sendForReset(caller: Caller, email: string): Promise<Reply> {
  const { ctx, app } = caller;
  const name = line.safeParse(email);
  if (!canLeave("mail")) tellOperator(caller, called.mail);
  else if (name.success) await askForReset(ctx, { identifier: name.data, deviceToken: null, app: app.id });
  return done("wire.sent");
}
