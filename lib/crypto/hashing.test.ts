import { availableParallelism } from "node:os";
import { afterAll, expect, test, vi } from "vitest";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { seconds } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { policy } from "@/lib/policy/policy";
import { monday } from "@/lib/testing/test-context";

const seats = 2 * availableParallelism();
const { waitingRoom } = policy.password;

type Room = typeof import("@/lib/crypto/password-hash");

/** At the costs of the portal: other tests have theirs hashed with the least work (`cheap-hashing.ts`). */
async function loadedAnew(): Promise<Room> {
  vi.resetModules();
  return import("@/lib/crypto/password-hash");
}

afterAll(async () => {
  vi.resetModules();
  await import("@/lib/testing/cheap-hashing"); // the next test file of this process finds the room as every other does
});

const { deriveWithSalt, hashPassword, isOutdated, isPassword } = await loadedAnew();

test("a password is hashed with argon2id at today's costs, and the same one twice looks different", async () => {
  const [one, other] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await isPassword(one, "correct horse")).toBe(true);
  expect(await isPassword(one, "correct horsE")).toBe(false);
});

test("after NFKC the same is the same; nothing else is changed and nothing is cut off", async () => {
  const phc = await hashPassword("cafe\u0301 ①");
  expect(await isPassword(phc, "café 1")).toBe(true);
  expect(await isPassword(phc, "Café 1")).toBe(false);
  expect(await isPassword(phc, "café 1 ")).toBe(false);
  const long = await hashPassword(`${"x".repeat(200)}a`);
  expect(await isPassword(long, `${"x".repeat(200)}b`)).toBe(false);
});

/** What one check costs, in microseconds of a processor: the clock on the wall also tells what else the machine does. */
async function workOf(stored: string | null, check = isPassword): Promise<number> {
  const before = process.cpuUsage();
  await check(stored, "anything");
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

test("without a hash the work is done all the same, and the answer is no", async () => {
  expect(await isPassword(null, "anything")).toBe(false);
  const phc = await hashPassword("something");
  const [without, withOne]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round += 1) {
    without.push(await workOf(null));
    withOne.push(await workOf(phc));
  }
  expect(Math.min(...without)).toBeGreaterThan(Math.min(...withOne) / 4);
});

test("the first check without a hash takes no longer than the next: nothing is hashed for it first", async () => {
  const phc = await hashPassword("something");
  const [firsts, others]: [number[], number[]] = [[], []];
  for (let round = 0; round < 7; round += 1) {
    const anew = await loadedAnew();
    firsts.push(await workOf(null, anew.isPassword));
    others.push(await workOf(phc));
  }
  expect(Math.min(...firsts)).toBeLessThan(1.7 * Math.min(...others));
  expect(Math.min(...firsts)).toBeGreaterThan(Math.min(...others) / 4);
});

test("older costs are noticed", async () => {
  expect(isOutdated(await hashPassword("x"))).toBe(false);
  expect(isOutdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA")).toBe(true);
});

test("one salt, one derivation for a whole set", async () => {
  const salt = Buffer.alloc(16, 7).toString("base64url");
  expect(await deriveWithSalt("CODE", salt)).toBe(await deriveWithSalt("CODE", salt));
  expect(await deriveWithSalt("CODE", salt)).not.toBe(await deriveWithSalt("CODF", salt));
});

test("so many sit, so many wait, whoever comes then is sent away with a time; those who wait come in order", async () => {
  const sitting = await Promise.all(Array.from({ length: seats }, () => takePlace(monday)));
  const order: number[] = [];
  const waiting = Array.from({ length: waitingRoom }, async (_, index) => {
    const place = await takePlace(monday);
    order.push(index);
    return place;
  });
  await expect(takePlace(monday)).rejects.toMatchObject({
    id: "hash.busy",
    more: { retryAt: new Date(monday.getTime() + seconds(5)) },
  });
  await expect(takePlace(monday)).rejects.toBeInstanceOf(DomainError);
  for (const place of sitting) place.leave();
  for (const place of waiting) (await place).leave();
  expect(order).toEqual(Array.from({ length: waitingRoom }, (_, index) => index));
});

test("leaving twice frees one seat, not two", async () => {
  const places = await Promise.all(Array.from({ length: seats }, () => takePlace(monday)));
  places[0]?.leave();
  places[0]?.leave();
  const next = await takePlace(monday);
  let isSeated = false;
  const last = takePlace(monday).then((place) => {
    isSeated = true;
    return place;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isSeated).toBe(false);
  for (const place of [...places.slice(1), next]) place.leave();
  (await last).leave();
});
