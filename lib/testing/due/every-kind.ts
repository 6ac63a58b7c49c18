import { setLoginPhone } from "@/lib/account/contacts/login-phone";
import { addNoticeAddress } from "@/lib/account/contacts/notice-address";
import { type Ctx, inTransaction, sql } from "@/lib/context/context";
import { askForChange } from "@/lib/pending/ask-for-change";
import { askForPassword } from "@/lib/pending/ask-for-password";
import type { PendingName } from "@/lib/pending/registry";
import type { Actor } from "@/lib/sessions/acting-session";
import { dueNow } from "@/lib/testing/due-now";
import { numberIn } from "@/lib/testing/numbers";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

type Asking = (ctx: Ctx, actor: Actor, factorId: string) => Promise<unknown>;

/** How each kind of change that waits is asked for, by somebody whose one app is `factorId`. A new kind has to say it here. */
const askings: Readonly<Record<PendingName, Asking>> = {
  "factor.remove": (ctx, actor, factorId) => askForChange(ctx, actor, "factor.remove", { factorIds: [factorId] }),
  "email.change": (ctx, actor) => askForChange(ctx, actor, "email.change", { email: someMailbox(ctx) }),
  "contact.change": async (ctx, actor) => {
    const { userId } = actor;
    await inTransaction(ctx, (tx) => setLoginPhone(tx, { userId, phone: someNumber() }));
    return askForChange(ctx, actor, "contact.change", { phone: someNumber() });
  },
  "contact.remove": async (ctx, actor) => {
    await inTransaction(ctx, (tx) => addNoticeAddress(tx, { actor, address: someMailbox(ctx) }));
    const { id } = await ctx.db.noticeAddress.findFirstOrThrow({ where: { userId: actor.userId, endedAt: null } });
    return askForChange(ctx, actor, "contact.remove", { id });
  },
  "data.download": (ctx, actor) => askForChange(ctx, actor, "data.download", {}),
  "account.delete": (ctx, actor) => askForChange(ctx, actor, "account.delete", {}),
  "password.set": (ctx, actor) => askForPassword(ctx, { actor, held: ["totp"], next: "nine slow ferries to nowhere" }),
};

const isKind = (name: string): name is PendingName => Object.hasOwn(askings, name);

/** Every kind, in one order. */
export const kindsOfChange: readonly PendingName[] = Object.keys(askings).filter(isKind);

const someMailbox = (ctx: Ctx): string => `${ctx.random.bytes(6).toString("hex")}@mail.example.test`;

let given = 0;

function someNumber(): string {
  given += 1;
  return numberIn(given, given);
}

/** Somebody in a browser of today has asked for such a change, and it is due at this moment. */
export async function dueChange(ctx: Ctx, kind: PendingName): Promise<void> {
  const person = await makePerson(ctx);
  const { factorId } = await withTotp(ctx, person);
  const { actor } = await openSessionFor(ctx, person);
  await askings[kind](ctx, actor, factorId);
  await dueNow(ctx, person.userId);
}

/** What lies in the database, counted by what it is. */
export type Counts = Readonly<Record<string, number>>;

/** Counts it in one statement, so that it is of one moment: events by name, letters by kind, changes by state, and all that changes do something to. */
export async function countAll(ctx: Ctx): Promise<Counts> {
  const rows = await sql(ctx).$queryRaw<{ what: string; count: number }[]>`
    SELECT 'event ' || name AS what, count(*)::int AS count FROM security_events GROUP BY name
    UNION ALL SELECT 'letter ' || kind, sum(1 + repeats)::int FROM letters GROUP BY kind
    UNION ALL SELECT 'change ' || state, count(*)::int FROM pending_changes GROUP BY state
    UNION ALL SELECT 'accounts', count(*)::int FROM users
    UNION ALL SELECT 'stamps', COALESCE(sum(credential_version), 0)::int FROM users
    UNION ALL SELECT 'factors', count(*)::int FROM factors
    UNION ALL SELECT 'sessions', count(*)::int FROM sessions
    UNION ALL SELECT 'devices', count(*)::int FROM devices
    UNION ALL SELECT 'former emails', count(*)::int FROM email_changes
    UNION ALL SELECT 'told addresses', count(*)::int FROM notice_addresses
    UNION ALL SELECT 'told no more', count(*)::int FROM notice_addresses WHERE ended_at IS NOT NULL`;
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}

/** What is more or less than before; what stayed as it was is left out. */
export function difference(before: Counts, after: Counts): Counts {
  const words = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(
    words.map((what) => [what, (after[what] ?? 0) - (before[what] ?? 0)] as const).filter(([, more]) => more !== 0),
  );
}

/** What is wrong with what one change of a kind has left: it was not done once, or told nobody, or somebody twice. */
export function notOnce(left: Counts): string[] {
  const letters = Object.entries(left).filter(([what]) => what.startsWith("letter "));
  return [
    ...(left["event pending.done"] === 1 ? [] : ["it was not done once"]),
    ...(letters.length > 0 ? [] : ["nobody was told"]),
  ];
}
