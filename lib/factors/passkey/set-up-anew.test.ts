import { expect, test } from "vitest";
import * as z from "zod";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { findFactorView } from "@/lib/factors/list-factors";
import { optionsIn, passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const house = openHouse(passkeySettings);

const options = z.object({ excludeCredentials: z.array(z.object({ id: z.string() })) });

/** Somebody with a laptop's passkey and a key without a PIN. `excluded`: what a new one must not meet that takes the place of this. */
async function ada() {
  const person = await makePerson(house.ctx);
  const laptop = await withPasskey(house.ctx, person);
  const key = await withPasskey(house.ctx, person, { label: "Key", transports: ["usb"], uvAtBinding: false });
  const { actor } = await openSessionFor(house.ctx, person);
  const excluded = async (replacesId: string | null) => {
    const binder = binderOf(actor);
    await beginEnrolment(house.ctx, { binder, kind: "passkey", replacesId, given: {} });
    const prepared = optionsIn(await readPendingPrepared(house.ctx, binder, "passkey"));
    return options
      .parse(JSON.parse(prepared))
      .excludeCredentials.map(({ id }) => id)
      .sort();
  };
  return { actor, laptop, key, excluded };
}

test("a second step only is said to be one, and may be made anew on the same key in its own place; one that opens both doors stays where it is", async () => {
  const { actor, laptop, key, excluded } = await ada();
  const marksOf = async ({ factorId }: typeof key) =>
    (await findFactorView(house.ctx, actor, factorId))?.marks.map(({ label }) => label);
  expect(await marksOf(key)).toEqual(["passkey.bound_label", "passkey.second_label"]);
  expect(await marksOf(laptop)).toEqual(["passkey.bound_label"]);
  const both = [laptop.id, key.id].sort();
  expect(await excluded(null)).toEqual(both);
  expect(await excluded(laptop.factorId)).toEqual(both);
  expect(await excluded(key.factorId)).toEqual([laptop.id]);
});
