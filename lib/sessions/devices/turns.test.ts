import { expect, test } from "vitest";
import { sha256 } from "@/lib/crypto/digest";
import { follows, nextTurn } from "@/lib/sessions/devices/turns";

const now = new Date("2030-01-07T09:00:00.000Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const first = { turnKey: "A".repeat(22), turn: null };

test("what is handed out within half a minute is one, and later another; both follow", () => {
  expect(nextTurn(first, at(29))).toBe(nextTurn(first, now));
  expect(nextTurn(first, at(30))).not.toBe(nextTurn(first, now));
  for (const turn of [nextTurn(first, now), nextTurn(first, at(30))]) expect(follows(first, turn)).toBe(true);
});

test("none follows another one, nor in another trust", () => {
  const turn = nextTurn(first, now);
  const second = { ...first, turn: sha256(turn) };
  expect(follows(second, turn)).toBe(false);
  expect(follows(second, nextTurn(second, now))).toBe(true);
  expect(follows({ ...first, turnKey: "B".repeat(22) }, turn)).toBe(false);
  expect(follows(first, turn.replace(/-.*/, "-"))).toBe(false);
});
