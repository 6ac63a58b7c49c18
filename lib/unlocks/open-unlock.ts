import { recordEvent, recordRefusedStranger } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { DomainError } from "@/lib/kernel/errors";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { readOneTimeCode } from "@/lib/kernel/typed-code";
import { policy } from "@/lib/policy/policy";
import { consumeAddress, consumingLink } from "@/lib/throttle/consume-address";
import { refundingAtFault, refundingOpened } from "@/lib/throttle/refund-tries";
import { writeNothingNew } from "@/lib/throttle/store";
import {
  codeKey,
  consumeCodeTry,
  isWaitingLink,
  type OpenedUnlock,
  openByLink,
  openWaiting,
  refundCodeTry,
} from "@/lib/unlocks/store";
import { isUnlockCode, newUnlockToken, unlockHash } from "@/lib/unlocks/token";
import { noteConfirmedEmail } from "@/lib/users/contacts/note-confirmed-email";

type Typed = { readonly waitToken: string | null; readonly code: string };

/**
 * A self-service unlock by the code of the letter, typed in the browser that asked for it: from now on it may try the password there. It is no login. Five tries a letter; where none
 * was sent, because nobody has the name, every code reads wrong, and costs the same statements and as many events. A right one that a fault of ours keeps from opening anything costs none.
 * A token that somebody made up counts as one of ours, and leaves what a made-up name leaves at the login: a counter, which is swept after a quiet day, and an event, of which sixty a minute are
 * rows. A mark of ours in the token would save neither: whoever floods asks for letters first, and each is a row as well.
 * Throws `unlock.wrong_code`, `unlock.malformed` and `unlock.not_asked` (both free), `throttle.too_many`.
 */
export async function openUnlockByCode(ctx: Ctx, { waitToken, code: typed }: Typed): Promise<void> {
  const code = readOneTimeCode(typed, policy.unlock.codeDigits);
  if (code === null) throw new DomainError("unlock.malformed", { field: "code" });
  const waitHash = unlockHash(waitToken, "unw_");
  if (waitHash === null) throw new DomainError("unlock.not_asked", { field: "code" });
  const consumed = await consumeAddress(ctx, "links");
  const { waiting, isCounted } = await refundingAtFault(ctx, consumed, () => consumeCodeTry(ctx, waitHash));
  const { id, userId, codeHash } = waiting ?? noLetter; // judged all the same: the time must not tell who has a letter
  if (!isUnlockCode(codeHash, id, code)) {
    const event = { name: "unlock.refused", subjectId: userId, actorId: null, meta: { reason: "wrong_code" } } as const;
    if (isCounted) await recordRefusedStranger(ctx, { event, instead: () => writeNothingNew(ctx, codeKey(waitHash)) });
    throw new DomainError("unlock.wrong_code", { field: "code" });
  }
  const open = () =>
    inTransaction(ctx, async (tx) => {
      const opened = await openWaiting(tx, id);
      if (opened === null) throw new DomainError("unlock.wrong_code", { field: "code" });
      await noteOpened(tx, opened, "code");
    });
  await refundingOpened(ctx, consumed, () => unlessOurFault(() => refundCodeTry(ctx, { id, waitHash }), open));
}

/** Opened by no code. */
const noLetter = { id: "", userId: null, codeHash: "" } as const;

/** The button behind the letter's link, in whichever browser it was opened. Out: the token by which that browser may try. Throws `unlock.over`, `throttle.too_many`. */
export async function openUnlockByLink(ctx: Ctx, { token }: { readonly token: string }): Promise<string> {
  const hash = unlockHash(token, "unl_");
  const own = newUnlockToken(ctx, "unw_");
  return consumingLink(ctx, async () => {
    if (hash === null) throw new DomainError("unlock.over");
    return inTransaction(ctx, async (tx) => {
      const opened = await openByLink(tx, hash, sha256(own));
      if (opened === null) throw new DomainError("unlock.over");
      await noteOpened(tx, opened, "link");
      return own;
    });
  });
}

/** Whoever used it reads the login e-mail, which its letter went to. */
async function noteOpened(tx: Ctx, { userId, email }: OpenedUnlock, by: "code" | "link"): Promise<void> {
  await recordEvent(tx, { name: "unlock.opened", subjectId: userId, actorId: null, meta: { by } });
  await noteConfirmedEmail(tx, { userId, email, by: "unlock" });
}

/** Can the button behind a link still be pressed? A GET asks this, however often: nothing is spent and nothing written. */
export async function readUnlock(ctx: Ctx, token: unknown): Promise<boolean> {
  const hash = unlockHash(token, "unl_");
  return hash !== null && (await isWaitingLink(ctx, hash));
}
