import { expect, test } from "vitest";
import { afterRemoval } from "@/components/security/removal-words";
import { aFactorView } from "@/lib/factors/view.kit";
import { sayIn } from "@/lib/messages/say";
import type { Closed } from "@/lib/throttle/closed-for";

const factor = (id: string, closed: Closed = "nowhere", place: string | null = null) =>
  aFactorView({ id, label: id, closed, place });
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
