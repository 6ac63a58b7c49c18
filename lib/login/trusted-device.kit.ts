import { expect } from "vitest";
import { sendingSettings } from "@/lib/testing/letters";
import type { House } from "@/lib/testing/story";
import { makePerson, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";

/** The settings of a house where browsers may be trusted for two weeks. */
export const trusting = { ...sendingSettings, TRUST_DEVICES: "14" };

/** Logs in with what a browser keeps: was the second step asked, or skipped? */
export async function enter(house: House, person: TestPerson, jar: Jar, trusts = false, isLost = false) {
  return (await enterIn(house.stranger(), person, { jar, trusts, isLost })).isAsked ? "asked" : "skipped";
}

/** Somebody whose browser is trusted, and whatever was copied from it. */
export async function trusted(house: House, wishes: Parameters<typeof makePerson>[1] = {}) {
  const ada = await makePerson(house.ctx, wishes);
  const app = await withTotp(house.ctx, ada);
  const jar: Jar = { devices: null };
  expect(await enter(house, ada, jar, true)).toBe("asked");
  return { ada, app, jar };
}

export const copyOf = (jar: Jar): Jar => ({ ...jar });

export const devicesOf = ({ db }: House, { userId }: TestPerson) => db.device.findMany({ where: { userId } });
