import { describe } from "vitest";
import { answersOnce } from "@/lib/factors/contract/answers-once.kit";
import { bindsSafely } from "@/lib/factors/contract/binds-safely.kit";
import { countsFairly } from "@/lib/factors/contract/counts-fairly.kit";
import { hidesSecrets } from "@/lib/factors/contract/hides-secrets.kit";
import { isPrepared } from "@/lib/factors/contract/is-prepared.kit";
import { refusesTheRest } from "@/lib/factors/contract/refuses-the-rest.kit";
import type { UnderContract } from "@/lib/factors/contract/under-contract.kit";
import type { House } from "@/lib/testing/story";

/** The tests that every factor must pass. A new kind hands itself over in five lines. */
export function keepsTheContract(house: House, factor: UnderContract): void {
  describe(`the contract of every factor: ${factor.kind}`, () => {
    answersOnce(house, factor);
    refusesTheRest(house, factor);
    countsFairly(house, factor);
    hidesSecrets(house, factor);
    isPrepared(house, factor);
    if (factor.binding) bindsSafely(house, factor, factor.binding);
  });
}
