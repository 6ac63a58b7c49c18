import { config } from "@/lib/config/config";
import { answerableOf } from "@/lib/factors/on-offer";
import { demandOn, mustBind as isLimited } from "@/lib/policy/second-factor";
import type { CurrentSession } from "@/lib/sessions/session";

/** As `lib/web/guard` asks it at every request, without the framework. */
export const mustBind = (session: CurrentSession, now: Date): boolean =>
  isLimited(session, demandOn(session, config().secondFactor, now), answerableOf(session.held, session));
