import { expect, test } from "vitest";
import { say } from "@/lib/messages/say";

test("whoever typed too few digits is told where they stand", () => {
  expect(say("en", "email.malformed")).toBe("Type the eight digits from the email.");
  expect(say("en", "sms.malformed")).toBe("Type the six digits from the message.");
});
