import { expect, test } from "vitest";
import { afterRemoval } from "@/components/security/removal-words";
import { sayIn } from "@/lib/messages/say";
import type { Closed } from "@/lib/throttle/closed-for";

const at = new Date("2030-01-07T09:00:00.000Z");
const factor = (id: string, closed: Closed = "nowhere", place: string | null = null) =>
  ({
    id,
    kind: "totp",
    label: id,
    place,
    marks: [],
    isAskable: true,
    isAnswerable: true,
    addedAt: at,
    lastUsedAt: null,
    closed,
  }) as const;
const phone = factor("Phone");

test.each([
  [[phone], "After that only your password protects the account, and your recovery codes are void.", []],
  [[phone, factor("Tablet")], "After that one other factor still protects your account.", ["Tablet"]],
  [
    [phone, factor("Tablet"), factor("Text message", "elsewhere", "+1 ••• 147")],
    "After that 2 other factors still protect your account.",
    ["Tablet", "Text message · +1 ••• 147"],
  ],
  [[phone, factor("Tablet", "here")], "After that nothing is left whose codes are accepted", []],
  [[phone, factor("Tablet", "here"), factor("Work")], "After that one other factor still protects", ["Work"]],
] as const)("of %j a person reads what is left", (factors, sentence, left) => {
  const after = afterRemoval(factors, phone, sayIn("en"));
  expect(after.sentence).toContain(sentence);
  expect(after.left).toEqual(left);
});
