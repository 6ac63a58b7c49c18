import { beforeAll, expect, test } from "vitest";
import { seal } from "@/lib/crypto/seal";
import { minutes } from "@/lib/kernel/duration";
import { monday } from "@/lib/testing/test-context";
import { ensureSettings } from "@/lib/testing/test-settings";
import { openReveal, sealReveal } from "@/lib/web/sealed-reveal";

const shown = { id: "set-one", kind: "set", codes: ["ABCD-EFGH-JKMN-PQRS"], returnTo: "/security" } as const;
const after = (milliseconds: number) => new Date(monday.getTime() + milliseconds);
beforeAll(() => ensureSettings());

test("Hedy sees her codes for fifteen minutes, and no cookie shows them readable", () => {
  const sealed = sealReveal("hedy", shown, monday);
  expect(sealed).not.toContain("ABCD");
  expect(openReveal("hedy", sealed, after(minutes(15) - 1))).toEqual({ ...shown, at: monday });
  expect(openReveal("hedy", sealed, after(minutes(15)))).toBeNull();
});

test("nobody else's cookie, no damage and nothing of another use opens", () => {
  const sealed = sealReveal("hedy", shown, monday);
  expect(openReveal("ada", sealed, monday)).toBeNull();
  for (const bad of [undefined, "", "x", sealed.slice(0, -1), `${sealed}A`])
    expect(openReveal("hedy", bad, monday)).toBeNull();
  expect(
    openReveal(
      "hedy",
      seal(JSON.stringify({ ...shown, at: monday.getTime() }), { use: "enc:check", owner: ["hedy"] }),
      monday,
    ),
  ).toBeNull();
  expect(
    openReveal(
      "hedy",
      seal(JSON.stringify({ ...shown, at: monday.getTime(), more: 1 }), { use: "enc:reveal", owner: ["hedy"] }),
      monday,
    ),
  ).toBeNull();
});
