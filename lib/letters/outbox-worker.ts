import { setTimeout as pause } from "node:timers/promises";
import { seconds } from "@/lib/kernel/duration";
import { carryLetter, giveUpOverdue, type Orders, type WaysOut } from "@/lib/letters/carry-letter";
import type { LetterKinds } from "@/lib/letters/letter-kind";
import { type Room, takeLetters } from "@/lib/letters/store";
import { onWake } from "@/lib/letters/wake";
import type { ChannelName } from "@/lib/policy/channels";
import { letterRules } from "@/lib/policy/letter-rules";
import { type Hour, rightHour } from "@/lib/portals/right-hour";

export type OutboxWorkerSettings = Hour & {
  readonly ways: WaysOut;
  /** What it can carry: a letter of any other kind is left to a portal of another version, for some minutes. */
  readonly kinds: LetterKinds;
  /** What is looked up before there is a letter. */
  readonly orders?: Orders;
  /** Hears of whatever went wrong, at most once a minute: the letters are still there. */
  readonly onFault: (fault: unknown) => void;
};

/** Ends an outbox worker: nothing more is taken, what is under way may end, at most six seconds. */
export type StopOutboxWorker = () => Promise<void>;

type Round = {
  readonly carrying: Record<ChannelName, number>;
  /** Until when a channel is left alone, by the machine's stopwatch. */
  readonly restsUntil: Record<ChannelName, number>;
  readonly underWay: Set<Promise<unknown>>;
  overdueAt: number;
  toldAt: number;
  isLooking: boolean;
  wantsMore: boolean;
  isStopping: boolean;
};

/** Half of the letters under way to each channel, so that a slow provider of one never holds up the other. */
const perChannel = letterRules.atOnce / 2;

/**
 * Carries letters until it is stopped: looks when it is woken, when a letter has left its hands, and every second for what other portals
 * wrote or what has waited long enough. Any number of workers may work on one database. A database that is away is a word
 * to `onFault`; the letters wait in it.
 *
 * What is too late, whose lease is over and when the next try is due are decided by the hour of the database, so that all workers agree; while that hour is in doubt
 * nothing is taken, given up or wiped. What is under way then comes to its end by the hour at which it was taken.
 */
export function startOutboxWorker(settings: OutboxWorkerSettings): StopOutboxWorker {
  const round: Round = {
    carrying: { mail: 0, sms: 0 },
    restsUntil: { mail: 0, sms: 0 },
    underWay: new Set(),
    overdueAt: 0,
    toldAt: Number.NEGATIVE_INFINITY,
    isLooking: false,
    wantsMore: false,
    isStopping: false,
  };
  const look = () => void track(round, lookAround(settings, round, look));
  const unhook = onWake(look);
  const timer = setInterval(look, letterRules.poll);
  timer.unref();
  look();
  return async () => {
    round.isStopping = true;
    unhook();
    clearInterval(timer);
    await Promise.race([untilIdle(round), pause(letterRules.settle, undefined, { ref: false })]);
  };
}

async function untilIdle({ underWay }: Round): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}

function track(round: Round, work: Promise<unknown>): void {
  round.underWay.add(work);
  void work.finally(() => round.underWay.delete(work));
}

/** One look at a time; whoever asks meanwhile has it repeated. Never throws. */
async function lookAround(settings: OutboxWorkerSettings, round: Round, look: () => void): Promise<void> {
  round.wantsMore = true;
  if (round.isLooking) return;
  round.isLooking = true;
  try {
    while (round.wantsMore && !round.isStopping) {
      round.wantsMore = false;
      if (!hasWork(settings, round)) continue;
      const context = await rightHour(settings);
      if (context === null || round.isStopping) return;
      await dropOverdue(context, round);
      await takeSome({ ...settings, context }, round, look);
    }
  } catch (fault) {
    tell(settings, round, fault);
  } finally {
    round.isLooking = false;
  }
}

async function takeSome(settings: OutboxWorkerSettings, round: Round, look: () => void): Promise<void> {
  const room = roomIn(settings, round);
  if (room.mail + room.sms === 0) return;
  const ctx = settings.context();
  const taken = await takeLetters(ctx, { lease: ctx.random.id(), room });
  for (const row of taken) {
    round.carrying[row.channel] += 1;
    const carried = carryLetter(settings, row)
      .then(({ channel, rest }) => {
        if (rest !== null) round.restsUntil[channel] = performance.now() + rest;
      })
      .catch((fault: unknown) => tell(settings, round, fault))
      .finally(() => {
        round.carrying[row.channel] -= 1;
        look();
      });
    track(round, carried);
  }
}

/** Nobody asks the database for the hour while every hand is full. */
const hasWork = (settings: OutboxWorkerSettings, round: Round) =>
  isOverdueTurn(round) || Object.values(roomIn(settings, round)).some((free) => free > 0);

function roomIn({ ways }: OutboxWorkerSettings, { carrying, restsUntil }: Round): Room {
  const now = performance.now();
  const free = (channel: ChannelName) =>
    ways[channel]() === null || now < restsUntil[channel] ? 0 : perChannel - carrying[channel];
  return { mail: free("mail"), sms: free("sms") };
}

const overdueEvery = seconds(10);

const isOverdueTurn = ({ overdueAt }: Round) => performance.now() >= overdueAt;

async function dropOverdue(context: Hour["context"], round: Round): Promise<void> {
  if (!isOverdueTurn(round)) return;
  round.overdueAt = performance.now() + overdueEvery;
  await giveUpOverdue(context());
}

function tell({ onFault }: OutboxWorkerSettings, round: Round, fault: unknown): void {
  if (performance.now() - round.toldAt < letterRules.tellAgain) return;
  round.toldAt = performance.now();
  onFault(fault);
}
