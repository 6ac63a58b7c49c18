import { recordEvent } from "@/lib/audit/record-event";
import { sealEvents } from "@/lib/audit/seals/seal-events";
import type { SoundHouse } from "@/lib/doctor/doctor.kit";
import type { Level } from "@/lib/doctor/finding";
import type { House } from "@/lib/doctor/house";
import { systemClock } from "@/lib/kernel/clock";
import { earlier, hours } from "@/lib/kernel/duration";

type Wrong = NonNullable<Parameters<SoundHouse["look"]>[0]>;

/** One fault each: how it comes about, what is found, and words of what is wrong and of what to do. `beside`: what it brings with it. */
export type Planted = {
  readonly id: string;
  readonly level: Level;
  readonly what: RegExp;
  readonly cure: RegExp;
  /** What stands in the settings, in rows or in files. */
  readonly plant?: (house: SoundHouse) => unknown;
  /** What the machine or the server says. */
  readonly wrong?: Wrong | ((house: SoundHouse) => Wrong);
  readonly beside?: readonly string[];
  readonly undo?: (house: SoundHouse) => Promise<unknown>;
};

/** The faults of one subject, by what they are. */
export type Planting = Readonly<Record<string, Planted>>;

export const ago = (hoursAgo: number) => earlier(systemClock.now(), hours(hoursAgo));
export const away = (code: string): Wrong => ({
  database: { kind: "away", fault: Object.assign(new Error("words of somebody"), { code }) },
});
export const server = (told: Partial<Extract<House["database"], { kind: "open" }>["server"]>): Wrong => ({
  database: (sound) => ({ ...sound, server: { ...sound.server, ...told } }),
});
export const aLetter = { channel: "mail", kind: "channel.test", queue: "q", address: "a", language: "en" } as const;
export const rotated = { name: "keys.rotated", subjectId: null, meta: { rows: 1 } } as const;

/** An event of then, with its seal. */
export async function happened(house: SoundHouse, hoursAgo: number): Promise<void> {
  const then = { ...house.ctx(), now: ago(hoursAgo) };
  await recordEvent(then, rotated);
  await sealEvents(then);
}

export const forwarding =
  (written: string): NonNullable<Parameters<SoundHouse["stand"]>[0]> =>
  (req, res, portal) => {
    req.headers["x-forwarded-for"] = written;
    portal(req, res);
  };
