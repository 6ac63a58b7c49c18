import { expect, test } from "vitest";
import { challengesOf } from "@/lib/factors/ceremony";
import { listActiveOfKind } from "@/lib/factors/store";
import type { Scene } from "@/lib/factors/strategy";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const login = { purpose: "LOGIN", challengeId: "a" } as const;

test("a ceremony's challenge is the step's own: the same at each visit, another for every other step, purpose and kind", async () => {
  const person = await makePerson(house.ctx);
  await withTotp(house.ctx, person, "Phone");
  await withTotp(house.ctx, person, "Tablet");
  const [phone, tablet] = await listActiveOfKind(house.ctx, person.userId, "totp");
  const first = (scene: Scene, kind: "totp" | "sms" = "totp", held = phone ? [phone] : []) =>
    challengesOf({ kind, held, scene })[0];
  expect(first(login)).toBe(first(login, "totp", []));
  const all = [
    first(login),
    first({ ...login, challengeId: "b" }),
    first({ ...login, purpose: "STEP_UP" }),
    first(login, "sms"),
    first({ purpose: "BIND" }),
    first({ purpose: "BIND" }, "totp", tablet ? [tablet] : []),
  ];
  expect(new Set(all).size).toBe(all.length);
  for (const challenge of all) expect(challenge).toMatch(/^[\w-]{43}$/);
});
