"use server";

import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { answerInput, chooseInput, sendInput, startInput } from "@/lib/challenge/schema";
import { askForProof } from "@/lib/web/ask-for-proof";
import { dropCookie } from "@/lib/web/cookie-jar";
import { enterSecondDoor } from "@/lib/web/enter";
import { buttonAction, formAction } from "@/lib/web/form-action";
import { challenged, enrolling } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { overPath, pathOfWay, returnTo, withReturnTo } from "@/lib/web/return-to";
import { sendFirstCode } from "@/lib/web/send-first-code";

const elsewhere = { "challenge.expired": overPath } as const;

export const answerAction = formAction(
  {
    who: challenged,
    input: answerInput,
    malformed: "challenge.malformed",
    keep: ["trust"],
    elsewhere,
  },
  async ({ ctx, person }, { kind, trust, returnTo: carried, ...answer }) => {
    const answered = await answerChallenge(ctx, { pass: person.pass, sessionId: person.sessionId, kind, answer });
    const wanted = carried === undefined ? null : returnTo(carried);
    return enterSecondDoor(ctx, { ...person, answered, wanted, shows: "replacement", trusts: trust === "on" });
  },
);

/** Another way: what it needs is brought on the way to its page. */
export const chooseWayAction = formAction(
  { who: challenged, input: chooseInput, malformed: "challenge.malformed", elsewhere },
  async ({ ctx, person }, { kind, returnTo: wanted }) => {
    await sendFirstCode(ctx, { ...person, kind });
    return leave(withReturnTo(pathOfWay(kind), returnTo(wanted)));
  },
);

/** A code, or another one, to the same address or to another of the person's own. */
export const sendCodeAction = formAction(
  { who: challenged, input: sendInput, malformed: "challenge.malformed", elsewhere },
  async ({ ctx, person }, { kind, factorId, returnTo: wanted }) => {
    await prepareAnswer(ctx, { ...person, kind, factorId: factorId ?? null });
    return leave(withReturnTo(pathOfWay(kind), returnTo(wanted)));
  },
);

export const startStepUpAction = formAction(
  { who: enrolling, input: startInput, malformed: "challenge.malformed" },
  ({ ctx, person }, input) =>
    askForProof(ctx, { session: person.session, action: input.for, returnTo: returnTo(input.returnTo) }),
);

export const cancelAction = buttonAction({ who: challenged, otherwise: "/login" }, async ({ ctx, person }) => {
  const back = await cancelChallenge(ctx, person.pass);
  await dropCookie("second-door");
  return back === null ? "/login" : "/security";
});
