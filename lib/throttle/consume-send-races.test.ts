import { expect, test } from "vitest";
import { minutes, seconds } from "@/lib/kernel/duration";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse, refused } from "@/lib/testing/story";
import { consumeSend } from "@/lib/throttle/consume-send";

const house = openHouse(sendingSettings);

test("of twenty who ask at once for the first code of a step one gets it, every time", async () => {
  const sent: number[] = [];
  for (let round = 0; round < 100; round += 1) {
    house.clock.move(minutes(61));
    const sending = { userId: `person ${round}`, channel: "sms", address: `number ${round}`, block: null } as const;
    const ask = () =>
      consumeSend(house.stranger(), { ...sending, step: `step ${round}`, isBound: true, deviceId: null });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, ask));
    sent.push(outcomes.filter(({ status }) => status === "fulfilled").length);
  }
  expect(sent.filter((count) => count !== 1)).toEqual([]);
}, 120_000);

test("an account that claimed three numbers gets no fourth, asked for by fifty logins at once", async () => {
  const send = (address: string, step: string) =>
    consumeSend(house.stranger(), {
      userId: "eve",
      channel: "sms",
      address,
      block: `block of ${address}`,
      step,
      isBound: false,
      deviceId: null,
    });
  for (const address of ["a", "b", "c"]) await send(address, `step ${address}`);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => send("d", `login ${n}`)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(0);
});

const sendFor = (step: string) =>
  consumeSend(house.stranger(), {
    userId: "grace",
    channel: "sms",
    address: "grace's",
    block: null,
    step,
    isBound: true,
    deviceId: null,
  });

test("a refused code opens no minute of its own: two codes of one step are a minute apart all the same", async () => {
  for (let step = 0; step < 5; step += 1) await sendFor(`step ${step}`);
  house.clock.move(minutes(59));
  house.clock.move(seconds(30));
  expect(await refused(sendFor("hers"))).toBe("post.too_many");
  house.clock.move(seconds(30));
  await sendFor("hers");
  house.clock.move(seconds(30));
  expect(await refused(sendFor("hers"))).toBe("post.too_soon");
});
