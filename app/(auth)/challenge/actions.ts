"use server";

import { cookies } from "next/headers";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { cancelChallenge } from "@/lib/challenge/cancel-challenge";
import { answerInput, startInput } from "@/lib/challenge/schema";
import { askForProof } from "@/lib/web/ask-for-proof";
import { enterSecondDoor } from "@/lib/web/enter";
import { buttonAction, formAction } from "@/lib/web/form-action";
import { challenged, enrolling } from "@/lib/web/guard";
import { gone, mfaCookie } from "@/lib/web/private-cookies";
import { returnTo } from "@/lib/web/return-to";

export const answerAction = formAction(
  {
    who: challenged,
    input: answerInput,
    malformed: "challenge.malformed",
    elsewhere: { "challenge.expired": "/challenge/expired" },
  },
  async ({ ctx, person }, { kind, ...answer }) => {
    const answered = await answerChallenge(ctx, { pass: person.pass, sessionId: person.sessionId, kind, answer });
    return enterSecondDoor(ctx, person.pass, answered);
  },
);

export const startStepUpAction = formAction(
  { who: enrolling, input: startInput, malformed: "challenge.malformed" },
  ({ ctx, person }, input) =>
    askForProof(ctx, { session: person.session, action: input.for, returnTo: returnTo(input.returnTo) }),
);

export const cancelAction = buttonAction({ who: challenged, otherwise: "/login" }, async ({ ctx, person }) => {
  const back = await cancelChallenge(ctx, person.pass);
  (await cookies()).set(mfaCookie.name, "", gone(mfaCookie.options));
  return back === null ? "/login" : "/security";
});
