import { Prisma } from "@/lib/db/client";
import type { Invariant } from "@/lib/invariants/invariant";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import type { LinkPurpose } from "@/lib/links/link";
import { policy } from "@/lib/policy/policy";

const { challenge, reset, link, unlock, device, session } = policy;

/** The life of a link of each purpose. Those that take a change of the login e-mail back have rows of their own. */
const lives: Readonly<Record<Exclude<LinkPurpose, "revert">, Duration>> = {
  setup: link.setup,
  invitation: link.invitation,
  registration: link.registration,
  reset: link.reset,
  "alarm.device": link.alarm,
  "alarm.second_step": link.alarm,
};

const interval = (...parts: readonly Duration[]) =>
  Prisma.sql`make_interval(secs => ${parts.reduce((sum, part) => sum + inSeconds(part), 0)}::int)`;

/** Every hop of a reset: a factor is bound at its first door, the password is chosen, the login is claimed. No challenge has more. */
const longestChallenge = interval(challenge.lifetime, challenge.enrolling, reset.chooseWithin, reset.claimWithin);

/** 6: nothing that opens a door is good for longer than its kind may be. */
export const ofLifetimes: readonly Invariant[] = [
  {
    name: "session.endless",
    what: "A session that lasts longer than any may.",
    cure: "Please report it, with these ids, and end that person's sessions: npm run portal -- people sessions EMAIL --end all",
    rows: Prisma.sql`SELECT id, user_id FROM sessions WHERE expires_at > created_at + ${interval(session.lifetime)}`,
  },
  {
    name: "challenge.endless",
    what: "A half login, step-up or reset that lasts longer than any may.",
    cure: "Please report it, with these ids, and have that person choose a new password, which voids it: npm run portal -- people invite EMAIL",
    rows: Prisma.sql`SELECT id, user_id FROM challenges WHERE expires_at > created_at + ${longestChallenge}`,
  },
  {
    name: "link.endless",
    what: "A link that lasts longer than any of its kind may.",
    cure: "Please report it, with these ids, and send that person a new one, which voids those before: npm run portal -- people invite EMAIL",
    rows: Prisma.sql`SELECT l.id, l.user_id FROM one_time_links l LEFT JOIN jsonb_each_text(${JSON.stringify(secondsOf(lives))}::jsonb) AS life ON life.key = l.purpose
      WHERE l.expires_at > l.created_at + make_interval(secs => coalesce(life.value, '0')::int)`,
  },
  {
    name: "unlock.endless",
    what: "A letter that opens the counter of a password, or what it opened, that lasts longer than any may.",
    cure: "Please report it, with these ids; waits and counts begin anew with: npm run portal -- people unlock EMAIL",
    rows: Prisma.sql`SELECT id, user_id FROM unlocks WHERE expires_at > created_at + ${interval(unlock.letter, unlock.open)}`,
  },
  {
    name: "device.endless",
    what: "A known device that stays known for longer than any may.",
    cure: "Please report it, with these ids, and have that person's devices forgotten: npm run portal -- people sessions EMAIL --end all",
    rows: Prisma.sql`SELECT id, user_id FROM devices WHERE expires_at > last_used_at + ${interval(device.lifetime)}`,
  },
];

function secondsOf(named: Readonly<Record<string, Duration>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(named).map(([name, life]) => [name, inSeconds(life)]));
}
