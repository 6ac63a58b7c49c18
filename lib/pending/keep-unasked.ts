import { wasRecorded } from "@/lib/audit/store";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { freeName } from "@/lib/factors/label";
import { kindsOnOffer } from "@/lib/factors/on-offer";
import { hasRoomForUnasked, judgeUnasked, optionsOfUnasked, unaskedKind } from "@/lib/factors/passkey/unasked";
import { listActive } from "@/lib/factors/store";
import type { Answer } from "@/lib/factors/strategy";
import { isOver, later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { isSettled } from "@/lib/pending/standing/standing";
import { findStanding } from "@/lib/pending/standing/store";
import { wantedBy } from "@/lib/policy/freshness";
import { isBoundKind } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";
import { type CurrentSession, isFresh } from "@/lib/sessions/session";
import { isOnSharedComputer } from "@/lib/sessions/store";
import { consumingTry } from "@/lib/throttle/consume-try";
import { findAccount, takeGuardRow } from "@/lib/users/store";

const event = "passkey.made_unasked";

/**
 * May this browser make a passkey without a dialogue? Where the operator allows it, within ten minutes of a login with the password and the strongest second step that the account has, in a browser that was known for a
 * week before that login and is not one that others use too. Never an account's first factor: it would ask its owner for something at their next login that they have never seen. Once in the time for which
 * events are kept, so that what was removed does not come back. Writes nothing.
 */
async function mayMakeUnasked(ctx: Ctx, session: CurrentSession): Promise<boolean> {
  if (!config().passkeyUnasked || !isBoundKind(session.provenWith) || !session.amr.includes("pwd")) return false;
  if (await isOnSharedComputer(ctx, session.id)) return false;
  const standing = await findStanding(ctx, session.id);
  if (standing === null || !isSettled(standing, ctx.now)) return false;
  const wish = { askable: standing.askable, wants: wantedBy("factor.add") };
  if (!isFresh(standing, ctx.now, wish)) return false; // by what the row says now: another tab may have bound something
  if (isOver(later(standing.authTime, policy.proof.freshFor), ctx.now)) return false;
  const account = await findAccount(ctx, session.userId);
  if (!account || !(await kindsOnOffer(ctx, account)).includes(unaskedKind)) return false;
  return (await hasRoomForUnasked(ctx, account.id)) && !(await wasRecorded(ctx, account.id, event));
}

/** The options for a page of this session, as JSON; null: its browser may make none. */
export const optionsUnasked = async (ctx: Ctx, session: CurrentSession): Promise<string | null> =>
  (await mayMakeUnasked(ctx, session)) ? optionsOfUnasked(ctx, session) : null;

type Keeping = { readonly session: CurrentSession; readonly answer: Answer; readonly defaultLabel: string };

/**
 * Keeps a passkey that this person's browser made without a dialogue. It raises no stamp and ends nothing: nobody was asked, so nothing may change for them but that it is there, and every address is told.
 * Consumes a try of the account's hour of confirmations. Throws `passkey.not_kept`, whatever was wrong with it; `passkey.yours_already` and `passkey.not_new` where somebody has it.
 */
export async function keepUnasked(ctx: Ctx, { session, answer, defaultLabel }: Keeping): Promise<{ factorId: string }> {
  const { userId } = session;
  if (!(await mayMakeUnasked(ctx, session))) throw notKept();
  const keep = async () => {
    const place = await judgeUnasked(ctx, session, answer);
    return inTransaction(ctx, async (tx) => {
      await takeGuardRow(tx, userId);
      if (!(await mayMakeUnasked(tx, session))) throw notKept(); // by another tab, or the account has moved
      const label = freeName(
        defaultLabel,
        (await listActive(tx, userId)).map((factor) => factor.label),
      );
      const { factorId } = await place(tx, label);
      await tellOfUnasked(tx, { factorId, userId, label, sessionId: session.id });
      return { factorId };
    });
  };
  return consumingTry(ctx, { rule: "enrolment.confirm", of: userId }, keep).catch(anyRefusal);
}

type Made = {
  readonly factorId: string;
  readonly userId: string;
  readonly label: string;
  readonly sessionId: string;
};

/** Its owner hears of it at every address: nobody was asked. */
export function tellOfUnasked(tx: Ctx, { factorId, userId, label, sessionId }: Made): Promise<void> {
  const meta = { kind: unaskedKind, factor: factorId };
  return recordAndTell(tx, { event: { name: event, subjectId: userId, sessionId, meta }, facts: { label } });
}

const notKept = () => new DomainError("passkey.not_kept");

/** One that nobody has is refused in one word: its keeper may drop it. A fault of ours stays one. */
function anyRefusal(fault: unknown): never {
  const isHeld =
    fault instanceof DomainError && (fault.id === "passkey.yours_already" || fault.id === "passkey.not_new");
  throw fault instanceof DomainError && !isHeld ? notKept() : fault;
}
