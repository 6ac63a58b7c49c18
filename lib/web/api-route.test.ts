import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { networksOf } from "@/lib/kernel/networks";
import { registerApp } from "@/lib/operator/register-app";
import { openHouse } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";
import { bucketKey } from "@/lib/throttle/bucket";
import { apiRoute, type Protocol } from "@/lib/web/api-route";

const house = openHouse();
beforeAll(async () => {
  setSettings({ DATABASE_URL: house.url });
  const shop = { id: "shop", name: "The shop", origins: [], servers: [], redirect: null, unmasked: false };
  await registerApp(house.ctx, { app: { ...shop, demands: false, isDefault: false }, by: "cli" });
});
afterAll(() => database().$disconnect());

/** How many calls without a token the app's window of this address has counted, after one more that is answered so. */
async function countedAfter(ip: string, answer: Protocol["answer"], body: BodyInit = "{}"): Promise<number> {
  const headers = { "content-type": "application/json", "x-authing-app-id": "shop", "x-forwarded-for": ip };
  const init = { method: "POST", headers, body, duplex: "half" };
  await apiRoute({ answer, failed: (envelope) => envelope })(new Request("http://localhost:3000/api/v2/any", init));
  const key = bucketKey("app.address", `shop ${networksOf(ip).near}`);
  const row = await house.db.bucket.findUnique({ where: { key } });
  return row?.fails ?? 0;
}

const isAnswered = async () => ({ body: {} });
const breaksOff = () =>
  new ReadableStream({
    pull: (controller) => controller.error(new Error("the line was closed")),
  });

test("a call that a fault of ours ends costs its network nothing; an answer, and a body that its sender breaks off, do", async () => {
  const ip = "192.0.2.77";
  expect(await countedAfter(ip, () => Promise.reject(new Error("the key is gone")))).toBe(0);
  expect(await countedAfter(ip, isAnswered)).toBe(1);
  expect(await countedAfter(ip, isAnswered, breaksOff())).toBe(2);
});
