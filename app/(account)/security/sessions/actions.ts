"use server";

import { endAllOthers, endSessionOf, withdrawApp } from "@/lib/sessions/end-by-owner";
import { emptyInput, endInput, withdrawInput } from "@/lib/sessions/schema";
import { formAction } from "@/lib/web/form-action";
import { fresh } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

const list = "/security/sessions";
const malformed = "sessions.malformed";

export const endSessionAction = formAction(
  { who: fresh("sessions.end", list), input: endInput, malformed },
  async ({ ctx, person }, { sessionId }) => {
    await endSessionOf(ctx, { actor: person, id: sessionId });
    return leaveSaying(`${list}?done=session`);
  },
);

export const endOthersAction = formAction(
  { who: fresh("sessions.end", list), input: emptyInput, malformed },
  async ({ ctx, person }) => {
    const { sessions } = await endAllOthers(ctx, person);
    return leaveSaying(`${list}?done=others&ended=${sessions}`);
  },
);

export const withdrawAppAction = formAction(
  { who: fresh("sessions.end", list), input: withdrawInput, malformed },
  async ({ ctx, person }, { app }) => {
    return leaveSaying(`${list}?done=app&ended=${await withdrawApp(ctx, { actor: person, app })}`);
  },
);
