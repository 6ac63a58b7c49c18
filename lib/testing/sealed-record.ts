import type { Remembered } from "@/lib/audit/seals/newest-seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { type Verified, verifyEvents } from "@/lib/audit/seals/verify-events";
import { insertEvents } from "@/lib/audit/store";
import { withPatientClient } from "@/lib/backup/patient-client";
import { type Ctx, sql } from "@/lib/context/context";
import { rawOn, runTogether } from "@/lib/db/raw";
import { systemClock } from "@/lib/kernel/clock";
import { milliseconds } from "@/lib/kernel/duration";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { type BenchPerson, benchPassword, makeBenchPeople, openBench, openSessions } from "@/lib/testing/bench-people";

const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0";

/** A record of many events to be measured, in an empty database whose keys are in the environment. */
export function openRecord(url: string) {
  const { ctx, close } = openBench(url);
  return {
    close,
    /** Writes so many events as the portal does, 5 000 with one statement. */
    fill: async (count: number): Promise<void> => {
      for (let first = 0; first < count; first += 5_000) {
        const rows = Array.from({ length: Math.min(5_000, count - first) }, (_, place) => eventOf(first + place));
        await runTogether(sql(ctx), [insertEvents(rows)]);
      }
    },
    seal: async (): Promise<number> => (await sealEvents({ ...ctx, now: systemClock.now() })).made.length,
    verify: (remembered: readonly Remembered[] = []): Promise<Verified> =>
      withPatientClient(url, async (client) => {
        await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return verifyEvents(rawOn(client), { now: systemClock.now(), remembered, isPortalLiving: false });
      }),
    /** `clients` people who log in again and again, each time from another address, with their passwords judged, for so long. Out: how many logins there were. */
    logins: async (clients: number, length: number): Promise<number> => {
      const people = await makeBenchPeople(ctx, clients);
      const ends = performance.now() + milliseconds(length);
      const counts = await Promise.all(
        people.map(async (person) => {
          let count = 0;
          for (; performance.now() < ends; count += 1) await logIn(ctx, person);
          return count;
        }),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

async function logIn(ctx: Ctx, person: BenchPerson): Promise<void> {
  const ip = `10.${[...ctx.random.bytes(3)].join(".")}`;
  const visiting = { ...ctx, now: systemClock.now(), visitor: { ip, agent } };
  const asked = { identifier: person.email, password: benchPassword, deviceToken: null, returnTo: "/security" };
  await logInWithPassword(visiting, asked);
  await openSessions(visiting, [person]);
}

const eventOf = (place: number) => ({
  at: new Date(Date.UTC(2026, 0, 1) + place * 1_000),
  name: "factor.bound" as const,
  result: "ok" as const,
  actorId: `person-${place % 5_000}`,
  subjectId: `person-${place % 5_000}`,
  sessionRef: null,
  requestId: `request-${place}`,
  ip: `192.0.2.${place % 250}`,
  agent,
  meta: { kind: "totp", factor: `factor-${place}` },
});
