import { expect, test } from "vitest";
import { codeAt, driftOf, matchStep, stepAt } from "@/lib/factors/totp/code";
import { minutes, seconds } from "@/lib/kernel/duration";

/** "12345678901234567890" in base32: the SHA-1 secret of RFC 6238, appendix B. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** The appendix prints eight digits; an app of six shows the last six of them. */
const vectors = [
  [59, "94287082", 0x1],
  [1111111109, "07081804", 0x23523ec],
  [1111111111, "14050471", 0x23523ed],
  [1234567890, "89005924", 0x273ef07],
  [2000000000, "69279037", 0x3f940aa],
  [20000000000, "65353130", 0x27bc86aa],
] as const;

test.each(vectors)("RFC 6238: at %i s the code is …%s in step %i", (epoch, digits, step) => {
  const moment = new Date(epoch * 1000);
  expect(codeAt(secret, moment)).toBe(digits.slice(2));
  expect(stepAt(moment)).toBe(step);
  expect(matchStep(secret, digits.slice(2), moment, 0)).toBe(step);
});

test.each([
  [-2, null],
  [-1, -1],
  [0, 0],
  [1, 1],
  [2, null],
])("with a window of one, the code %i steps away is matched at %s", (away, matched) => {
  const now = new Date(1234567890 * 1000);
  const code = codeAt(secret, new Date(now.getTime() + away * seconds(30)));
  expect(matchStep(secret, code, now, 1)).toBe(matched === null ? null : stepAt(now) + matched);
});

test("the window's edges are whole steps, wherever in its step a moment lies", () => {
  for (const second of [0, 1, 15, 29]) {
    const now = new Date((1234567890 + second) * 1000);
    for (const away of [-1, 0, 1]) {
      const code = codeAt(secret, new Date(now.getTime() + away * seconds(30)));
      expect(matchStep(secret, code, now, 1)).toBe(stepAt(now) + away);
      expect(matchStep(secret, code, now, 0)).toBe(away === 0 ? stepAt(now) : null);
    }
  }
});

test("how far a phone's clock is off: negative behind, positive ahead, null beyond reach", () => {
  const now = new Date(1234567890 * 1000);
  const at = (away: number) => driftOf(secret, codeAt(secret, new Date(now.getTime() + away)), now, minutes(10));
  expect(at(-minutes(7))).toBe(-minutes(7));
  expect(at(minutes(10))).toBe(minutes(10));
  expect(at(minutes(11))).toBeNull();
});
