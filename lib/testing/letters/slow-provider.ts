import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import type { NewLetter } from "@/lib/letters/letter";
import { agreedHour } from "@/lib/letters/letters.kit";
import { startOutboxWorker } from "@/lib/letters/outbox-worker";
import { queueLetters } from "@/lib/letters/queue-letters";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { type Judgement, judge } from "@/lib/testing/letters/judge";
import type { Told } from "@/lib/testing/letters/outbox-process";
import { paced, sortingOffice } from "@/lib/testing/letters/sorting-office";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const people = 50;

type Wishes = { readonly letters: number; readonly perSecond: number };

/** So many letters of 50 people, written all at once, past a provider that takes so many a second, by two workers that share the work. */
export async function runSlowProvider(
  url: string,
  { letters, perSecond }: Wishes,
): Promise<Judgement & { readonly seconds: number }> {
  setSettings({ MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
  const pools = [openDatabase(url, 8), openDatabase(url, 8)];
  const [db] = pools;
  if (!db) throw new Error("There is no database.");
  await db.$executeRaw`TRUNCATE letters`;
  const told: Told[] = [];
  for (let number = 0; number < letters; number += people) {
    const written = Array.from({ length: Math.min(people, letters - number) }, (_, person) => letterTo(person, number));
    await queueLetters(testContext({ db, clock: systemClock }), written);
    for (const { id = "", to } of written) told.push({ id, queue: to, number, isRolledBack: false });
  }
  const office = sortingOffice(paced(perSecond));
  const start = performance.now();
  const stops = pools.map((pool) =>
    startOutboxWorker({
      ...agreedHour(() => testContext({ db: pool, clock: systemClock })),
      ways: office.ways,
      kinds: letterKinds,
      onFault: (fault) => process.stderr.write(`${String(fault)}\n`),
    }),
  );
  const patience = (letters / perSecond) * 2_000 + 30_000;
  while ((await db.letter.count({ where: { sentAt: null } })) > 0 && performance.now() - start < patience)
    await pause(100);
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(pools.map((pool) => pool.$disconnect()));
  const judgement = judge(told, office.arrived, []);
  const fastest = (letters - 1) / perSecond;
  const tooFast = seconds < fastest ? [`in ${seconds.toFixed(1)} s, which is faster than the provider takes them`] : [];
  return { ...judgement, mistakes: [...judgement.mistakes, ...tooFast], seconds };
}

function letterTo(person: number, left: number): NewLetter {
  const facts = { at: "2030-01-07T09:00:00.000Z", ip: "192.0.2.1", agent: "", left };
  const to = `person-${person}@example.test`;
  return { id: systemRandom.id(), userId: null, channel: "mail", to, language: "en", kind: "recovery.used", facts };
}
