import type { Pass } from "@/lib/challenge/challenge";
import { beginAtLogin, sendAgainAtLogin } from "@/lib/challenge/enrol-at-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { blockCount, numberIn } from "@/lib/testing/numbers";
import { type Dice, dice } from "@/lib/testing/pumping/dice";
import { hotNumber, knockAs, note, type Town, visitorAt } from "@/lib/testing/pumping/town";

/** What became of the requests: how many were let through, how many each sentence refused, and errors that nobody may cause. */
export type Outcome = { sent: number; readonly refusals: Map<string, number>; readonly faults: string[] };

type Attack = { readonly town: Town; readonly roll: Dice; readonly outcome: Outcome; readonly begun: Pass[] };

const [atOnce, batchesOfBurst, between, hours] = [16, 4, 70_000, 23];
const spacing = 10;

/**
 * So many requests, sixteen at a time, over 23 hours: bursts of four batches that are 70 seconds apart, so that codes can be asked for
 * again. Begin, again and challenge are mixed; accounts, numbers, blocks and networks are partly few and partly many.
 */
export async function attack(town: Town, requests: number): Promise<Outcome> {
  const outcome: Outcome = { sent: 0, refusals: new Map(), faults: [] };
  const work: Attack = { town, roll: dice(requests), outcome, begun: [] };
  const bursts = Math.ceil(requests / (atOnce * batchesOfBurst));
  for (let done = 0; done < requests; done += atOnce) {
    const batch = done / atOnce;
    const [burst, place] = [Math.floor(batch / batchesOfBurst), batch % batchesOfBurst];
    const at = town.begins.getTime() + Math.floor((burst * hours * 3_600_000) / bursts) + place * between;
    const count = Math.min(atOnce, requests - done);
    await Promise.all(Array.from({ length: count }, (_, n) => request(work, new Date(at + n * spacing), burst)));
    work.begun.splice(0, work.begun.length - 4 * atOnce);
  }
  return outcome;
}

async function request(work: Attack, at: Date, burst: number): Promise<void> {
  const { town, roll, outcome } = work;
  const ctx = visitorAt(town, at, addressOf(roll));
  try {
    const kind = roll(100);
    if (kind < 60) await begin(work, ctx, burst);
    else if (kind < 80) await again(work, ctx);
    else await challenge(work, ctx, burst);
    outcome.sent += 1;
  } catch (error) {
    if (error instanceof DomainError) outcome.refusals.set(error.id, (outcome.refusals.get(error.id) ?? 0) + 1);
    else outcome.faults.push(String(error));
  }
}

/** Another login of an account that must bind a number, and a number for it. One account is in everybody's hands for a while. */
async function begin({ town, roll, begun }: Attack, ctx: Ctx, burst: number): Promise<void> {
  const account = roll(100) < 30 ? burst % 20 : roll(town.accounts.length);
  const destination = numberOf(roll, account);
  const userId = town.accounts[account];
  ensure(userId, "the dice knows the accounts");
  const pass = await knockAs(ctx, userId);
  note(town, ctx, pass, false);
  begun.push((await beginAtLogin(ctx, { pass, kind: "sms", given: { destination } })).pass ?? pass);
}

async function again({ town, roll, begun }: Attack, ctx: Ctx): Promise<void> {
  const pass = begun[roll(begun.length)];
  if (!pass) throw new DomainError("factors.enrolment_gone");
  note(town, ctx, pass, false);
  await sendAgainAtLogin(ctx, { pass, kind: "sms" });
}

/** Codes to somebody's own number: whoever knows the password gets as far. One time in ten by an account that has no number. */
async function challenge({ town, roll, begun }: Attack, ctx: Ctx, burst: number): Promise<void> {
  const foreign = roll(10) === 0 ? begun[roll(begun.length)] : undefined;
  const victim = town.victims[roll(100) < 30 ? burst % 10 : roll(town.victims.length)];
  ensure(victim, "the dice knows the victims");
  const pass = foreign ?? (await knockAs(ctx, victim.person.userId));
  note(town, ctx, pass, true);
  await prepareAnswer(ctx, { pass, kind: "sms", factorId: null, sessionId: null });
}

/** The account's own favourites, numbers that everybody claims, few blocks, many blocks. */
function numberOf(roll: Dice, account: number): string {
  const kind = roll(100);
  if (kind < 40) return numberIn(1000 + account * 5 + roll(5));
  if (kind < 55) return hotNumber(roll(12));
  if (kind < 75) return numberIn(roll(5), roll(10_000));
  return numberIn(3000 + roll(blockCount - 3000), roll(10_000));
}

/** Few machines, few networks, and thousands of either. */
function addressOf(roll: Dice): string {
  const kind = roll(100);
  if (kind < 15) return `198.51.100.${1 + roll(3)}`;
  if (kind < 35) return `203.0.${roll(3)}.${1 + roll(250)}`;
  return `10.${roll(8)}.${roll(256)}.${1 + roll(250)}`;
}
