import { expect, test } from "vitest";
import { checkKeyring } from "@/lib/crypto/canary";
import { handleOf } from "@/lib/crypto/factor-secret";
import { rotateKeys } from "@/lib/rotation/rotate-keys";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withAddress } from "@/lib/testing/test-context";
import { ringOf } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);

test("equal numbers are found under the new key as well", async () => {
  await checkKeyring(house.db, ringOf("one"));
  const factorId = await withAddress(house.ctx, await makePerson(house.ctx), "sms", "+12025550143");
  await checkKeyring(house.db, ringOf("two", "one"));
  const handle = async () => (await house.db.factor.findUniqueOrThrow({ where: { id: factorId } })).handle;
  expect(await handle()).toBe(handleOf("sms", "+12025550143", ringOf("one")));
  expect(await rotateKeys(house.ctx, { by: "cli", ring: ringOf("two", "one") })).toMatchObject({ kind: "rotated" });
  expect(await handle()).toBe(handleOf("sms", "+12025550143", ringOf("two")));
});
