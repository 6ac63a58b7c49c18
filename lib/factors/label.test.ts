import fc from "fast-check";
import { expect, test } from "vitest";
import { readLabel } from "@/lib/factors/label";
import { DomainError } from "@/lib/kernel/errors";

test.each([
  ["\u202dAda's phone\u202c", "Ada's phone"],
  ["\ufeff Phone\u00a0\t2\u200b ", "Phone 2"],
  ["Cafe\u0301", "Café"],
  ["👩‍🚀 ❤️", "👩‍🚀 ❤️"],
  ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  ["نامه\u200cها", "نامه\u200cها"],
  ["a\u202eb", "ab"],
  ["\u200b\u200e", "Phone"],
  ["\u200d \ufe0f", "Phone"],
  ["", "Phone"],
])("%j is called %j", (typed, label) => expect(readLabel(typed, "Phone")).toBe(label));

test("whatever is typed: what is read reads as itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 70 }), (typed) => {
      try {
        const label = readLabel(typed, "Phone");
        expect(readLabel(label, "Phone")).toBe(label);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});
