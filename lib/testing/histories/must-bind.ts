import { config } from "@/lib/config/config";
import { answerableOf } from "@/lib/factors/on-offer";
import { demandOn, stillOwed } from "@/lib/policy/second-factor";
import type { CurrentSession } from "@/lib/sessions/session";

/** As `lib/web/guard` asks it at every request, without the framework. */
export const mustBind = (session: CurrentSession, now: Date): boolean =>
  stillOwed(demandOn(session, config().secondFactor, now), answerableOf(session.held)) > 0;
