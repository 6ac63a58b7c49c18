import { expect, test } from "vitest";
import { envelopeOf, refused } from "@/lib/api/reply";
import { later, seconds } from "@/lib/kernel/duration";
import { monday } from "@/lib/testing/test-context";
import { tooMany } from "@/lib/throttle/consume-try";

test.each([
  [30, 30, "30 seconds", "30 秒"],
  [150, 180, "3 minutes", "3 分钟"],
  [7200, 7200, "2 hours", "2 小时"],
])("a wait of %d s has one length in number and words", (wait, retryAfter, english, chinese) => {
  const reply = refused({ now: monday }, {}, tooMany({ now: monday }, later(monday, seconds(wait))));
  expect(envelopeOf({ language: "en" }, reply)).toMatchObject({
    code: 1002,
    message: expect.stringContaining(english),
    data: { retryAfter },
  });
  expect(envelopeOf({ language: "zh" }, reply).message).toContain(chinese);
});
