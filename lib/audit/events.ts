/**
 * Every event, and the only keys its `meta` may carry. Names are `noun.past_tense` and never reused.
 * What is not listed here cannot be recorded, so that no secret slips in by habit.
 */
export const events = {
  "setup.link_created": ["by"],
  "setup.completed": [],
  "account.created": ["admin", "by"],
  "account.unlocked": ["by"],
  "account.factors_reset": ["by", "factors", "codes", "sessions"],
  "invitation.created": ["by"],
  "invitation.accepted": [],
  "link.refused": ["purpose", "reason"],
  "login.password_accepted": ["challenge", "lane"],
  "login.password_refused": ["lane", "known"],
  "login.throttled": ["lane", "known"],
  "challenge.answered": ["challenge", "purpose", "kind"],
  "challenge.refused": ["challenge", "purpose", "kind", "reason"],
  "challenge.died": ["challenge", "purpose"],
  "challenge.cancelled": ["challenge", "purpose"],
  "challenge.started": ["challenge", "purpose", "action"],
  "session.opened": ["challenge", "amr"],
  "session.ended": ["why"],
  "sessions.ended": ["why", "count"],
  "proof.refreshed": ["kind"],
  "factor.begun": ["kind", "factor"],
  "factor.bound": ["kind", "factor", "replaced"],
  "factor.confirm_refused": ["kind", "factor", "reason"],
  "factor.enrolment_cancelled": ["kind"],
  "factor.renamed": ["kind", "factor"],
  "factor.removed": ["kind", "factor"],
  "factor.closed": ["kind", "lane"],
  "recovery.generated": ["count"],
  "recovery.used": ["left"],
  "recovery.voided": [],
  "password.changed": ["sessions"],
  "password.change_refused": ["reason"],
  "device.trusted": ["device"],
  "device.forgotten": ["device", "why"],
  "keys.rotation_begun": ["by", "key"],
  "keys.rotated": ["by", "rows", "key"],
} as const satisfies Record<string, readonly string[]>;

export type EventName = keyof typeof events;
export type EventMeta<N extends EventName> = { readonly [K in (typeof events)[N][number]]?: string | number | boolean };
