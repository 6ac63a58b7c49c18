import { createHmac } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { handleOf } from "@/lib/crypto/factor-secret";
import { holdsHandle } from "@/lib/factors/store";
import { rewriteHandles } from "@/lib/rotation/handles/rewrite-handles";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withAddress, withTotp } from "@/lib/testing/test-context";
import { ringOf } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
const number = "+12025550143";

/** As the portal of before named it while the keys were being exchanged: under a key that is not the one in front today. */
const oldHandle = createHmac("sha256", ringOf("two").derive("two", "mac:destination") ?? "")
  .update(`sms|${number}`)
  .digest("base64url");

const handles = async () => (await house.db.factor.findMany({ orderBy: { id: "asc" } })).map(({ handle }) => handle);
const events = () => house.db.securityEvent.findMany({ where: { name: "handles.rewritten" } });

beforeEach(async () => {
  await house.db.$executeRaw`TRUNCATE users, finished_steps, security_events CASCADE`;
});

test("a house in the middle of a rotation: who hung on the other key is found again, and once", async () => {
  const [ada, mei] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  await withTotp(house.ctx, ada);
  const id = await withAddress(house.ctx, ada, "sms", number);
  await withAddress(house.ctx, mei, "email", "mei@example.test");
  await house.db.factor.update({ where: { id }, data: { handle: oldHandle } });
  expect(await holdsHandle(house.ctx, ada.userId, "sms", handleOf("sms", number))).toBe(false);
  await rewriteHandles(house.ctx, { keyIsFresh: true });
  expect(await holdsHandle(house.ctx, ada.userId, "sms", handleOf("sms", number))).toBe(true);
  expect(await handles()).toEqual(
    expect.arrayContaining([null, handleOf("sms", number), handleOf("email", "mei@example.test")]),
  );
  expect((await events()).map(({ meta }) => meta)).toEqual([{ factors: 1 }]);
  await house.db.factor.update({ where: { id }, data: { handle: "somebody else's doing" } });
  await rewriteHandles(house.ctx, { keyIsFresh: false });
  expect(await handles()).toContain("somebody else's doing"); // the step is done
  await rewriteHandles(house.ctx, { keyIsFresh: true }); // unless the index key was lost and made anew
  expect(await handles()).toContain(handleOf("sms", number));
});

test("a house at rest: nothing is written, and the step is done", async () => {
  await withAddress(house.ctx, await makePerson(house.ctx), "sms", number);
  await rewriteHandles(house.ctx, { keyIsFresh: true });
  expect(await events()).toEqual([]);
  expect(await house.db.finishedStep.count()).toBe(1);
});

test("while a factor does not open, its handle stays and the step comes again", async () => {
  const id = await withAddress(house.ctx, await makePerson(house.ctx), "sms", number);
  const { secret } = await house.db.factor.findUniqueOrThrow({ where: { id } });
  await house.db.factor.update({ where: { id }, data: { handle: oldHandle, secret: "v1.gone.a.b.c" } });
  await rewriteHandles(house.ctx, { keyIsFresh: true });
  expect(await handles()).toEqual([oldHandle]);
  await house.db.factor.update({ where: { id }, data: { secret } });
  await rewriteHandles(house.ctx, { keyIsFresh: false });
  expect(await handles()).toEqual([handleOf("sms", number)]);
});
