import { expect, test } from "vitest";
import * as z from "zod";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import { readPrepared } from "@/lib/challenge/read-challenge";
import { minutes } from "@/lib/kernel/duration";
import { answerOf, optionsIn, passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { atSecondDoor, openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(passkeySettings);

const options = z.object({
  hints: z.array(z.string()),
  allowCredentials: z.array(z.object({ id: z.string(), transports: z.array(z.string()) })),
});

test("a browser is told to look first where what was used last is, and each place once", async () => {
  const ada = await makePerson(house.ctx);
  const phone = await withPasskey(house.ctx, ada, { label: "Phone", transports: ["hybrid", "internal"] });
  const key = await withPasskey(house.ctx, ada, { label: "Key", transports: ["usb", "nfc"] });
  const laptop = await withPasskey(house.ctx, ada, { label: "Laptop", transports: ["internal"] });
  const asked = async () => {
    const pass = await atSecondDoor(house.stranger(), ada.userId);
    const { hints, allowCredentials } = options.parse(
      JSON.parse(optionsIn(await readPrepared(house.ctx, pass, "passkey"))),
    );
    return { hints, ids: allowCredentials.map(({ id }) => id) };
  };
  const use = async (one: typeof key) => {
    house.clock.move(minutes(1));
    const pass = await atSecondDoor(house.stranger(), ada.userId);
    const answer = await answerOf(house.ctx, one, pass);
    await answerChallenge(house.stranger(), { pass, kind: "passkey", answer, sessionId: null });
  };
  for (const one of [phone, laptop, key]) await use(one);
  expect(await asked()).toEqual({
    hints: ["security-key", "client-device", "hybrid"],
    ids: [key.id, laptop.id, phone.id],
  });
  await use(phone);
  expect(await asked()).toEqual({
    hints: ["hybrid", "client-device", "security-key"],
    ids: [phone.id, key.id, laptop.id],
  });
});
