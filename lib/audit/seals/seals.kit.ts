import { beforeEach } from "vitest";
import { recordEvent } from "@/lib/audit/record-event";
import type { Finding } from "@/lib/audit/seals/findings";
import type { Remembered } from "@/lib/audit/seals/newest-seal";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import { verifyEvents } from "@/lib/audit/seals/verify-events";
import { inShortTransaction } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { hours, seconds } from "@/lib/kernel/duration";
import { openHouse } from "@/lib/testing/story";

type Said = {
  readonly lately?: number;
  readonly remembered?: readonly Remembered[];
  readonly isPortalLiving?: boolean;
};

/** A house whose record a file of tests fills, tampers with and verifies; empty before each test. */
export function recordHouse() {
  const house = openHouse();
  beforeEach(async () => {
    await house.db.securityEvent.deleteMany();
    await house.db.eventSeal.deleteMany();
  });
  /** So many events, told by one deed. */
  const happens = async (count: number): Promise<void> => {
    house.clock.move(seconds(1));
    await inShortTransaction(house.ctx, async (tx) => {
      for (let one = 0; one < count; one += 1)
        await recordEvent(tx, { name: "factor.bound", subjectId: "ada", meta: { kind: "totp", factor: `f${one}` } });
    });
  };
  /** Three sealed stretches of four events, an hour apart. */
  const threeStretches = async (): Promise<void> => {
    for (let stretch = 0; stretch < 3; stretch += 1) {
      house.clock.move(hours(1));
      await happens(4);
      await sealEvents(house.ctx);
    }
  };
  const verified = (said: Said = {}) =>
    verifyEvents(rawOf(house.db), { now: house.ctx.now, remembered: [], isPortalLiving: false, ...said });
  const found = async (said?: Said): Promise<readonly Finding[]> => (await verified(said)).findings;
  const idOf = async (place: number): Promise<bigint> => {
    const events = await house.db.securityEvent.findMany({ orderBy: { id: "asc" } });
    return events.at(place)?.id ?? 0n;
  };
  const newest = async (): Promise<Remembered> => {
    const { newest: seal } = await verified();
    ensure(seal, "something was sealed");
    return { ...seal, at: house.ctx.now };
  };
  return { house, happens, threeStretches, verified, found, idOf, newest };
}
