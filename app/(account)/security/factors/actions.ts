"use server";

import { faces } from "@/components/factors/faces";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { beginFields } from "@/lib/factors/begin-fields";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { renameFactor } from "@/lib/factors/rename-factor";
import { beginInput, confirmInput, pendingInput, removeInput, renameInput } from "@/lib/factors/schema";
import { sendAgain } from "@/lib/factors/send-again";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { type BoundInPlace, confirmReplacement } from "@/lib/pending/confirm-replacement";
import { keepSession } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { enrolling, fresh, signedIn } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { afterStaleEnrolment } from "@/lib/web/onward";
import { putReveal } from "@/lib/web/reveal";
import { leaveSaying, noteSaid } from "@/lib/web/said";
import { words } from "@/lib/web/words";

const malformed = "factors.malformed";
const onward = afterStaleEnrolment("/security/factors/new");

export const beginEnrolmentAction = formAction(
  { who: fresh("factor.add", "/security/factors/new"), input: beginInput, malformed, keep: beginFields },
  async ({ ctx, person }, { kind, replaces, ...given }) => {
    await beginEnrolment(ctx, { binder: binderOf(person), kind, replacesId: replaces ?? null, given });
    return leave(`/security/factors/new/${kind}`);
  },
);

export const sendAgainAction = formAction(
  { who: fresh("factor.add", "/security/factors/new"), input: pendingInput, malformed, onward },
  async ({ ctx, person }, { kind, pending = null }) => {
    await sendAgain(ctx, { binder: binderOf(person), kind, pendingId: pending });
    return leave(`/security/factors/new/${kind}`);
  },
);

export const confirmEnrolmentAction = formAction(
  { who: fresh("factor.add", "/security/factors/new"), input: confirmInput, malformed, keep: ["label"], onward },
  async ({ ctx, person }, { kind, pending = null, label, ...answer }) => {
    const { say } = await words();
    const bound = await confirmReplacement(ctx, {
      actor: person,
      kind,
      label,
      answer,
      pendingId: pending,
      defaultLabel: say(faces[kind].name),
    });
    await keepSession(person.userId, bound.sessionToken);
    const back = `/security?done=${doneBy(bound)}`;
    await noteSaid(back);
    if (bound.codes === null) return leave(back);
    await putReveal(ctx, person.userId, { ...bound.codes, kind: "set", returnTo: back });
    return leave("/security/recovery-codes/once");
  },
);

export const cancelEnrolmentAction = formAction(
  { who: enrolling, input: pendingInput, malformed },
  async ({ ctx, person }, { kind, pending = null }) => {
    await cancelEnrolment(ctx, { actor: person, kind, pendingId: pending });
    return leave("/security");
  },
);

export const renameFactorAction = formAction(
  { who: signedIn, input: renameInput, malformed, keep: ["label"] },
  async ({ ctx, person }, { factorId, label }) => {
    await renameFactor(ctx, { actor: person, factorId, label });
    return leaveSaying(`/security/factors/${factorId}?done=named`);
  },
);

export const removeFactorAction = formAction(
  { who: fresh("factor.remove", "/security"), input: removeInput, malformed },
  async ({ ctx, person }, { factorId }) => {
    const asked = await askToRemoveFactor(ctx, { actor: person, factorId });
    if (!asked.done) return leaveSaying(`/security?done=waits&ended=${asked.hours}`);
    await keepSession(person.userId, asked.kept?.sessionToken ?? null);
    return leaveSaying(`/security?done=removed&ended=${asked.kept?.endedSessions ?? 0}`);
  },
);

/** What the page then says: of the new factor alone, or also of the one whose place it takes. */
const doneBy = ({ staysFor, hasReplaced, endedSessions }: BoundInPlace): string =>
  staysFor === null ? `${hasReplaced ? "replaced" : "bound"}&ended=${endedSessions}` : `beside&ended=${staysFor}`;
