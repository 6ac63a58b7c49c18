import { beforeEach, describe, expect, test } from "vitest";
import { findWayBack } from "@/lib/apps/find-way-back";
import { registerApp } from "@/lib/operator/register-app";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();

function register({ id, redirect = null }: { readonly id: string; readonly redirect?: string | null }) {
  const plain = { name: "The shop", origins: [], servers: [], unmasked: false, demands: false, isDefault: false };
  return registerApp(house.ctx, { app: { ...plain, id, redirect }, by: "cli" });
}

beforeEach(async () => {
  await house.db.$executeRaw`TRUNCATE apps`;
});

describe("the way back", () => {
  test("leads where the app's own row says, and nowhere without one", async () => {
    await register({ id: "shop", redirect: "https://shop.example.test/account" });
    await register({ id: "none" });
    expect(await findWayBack(house.ctx, "shop")).toEqual({
      name: "The shop",
      href: "https://shop.example.test/account",
    });
    for (const id of ["none", "gone", "", undefined, null, ["shop"], { id: "shop" }, "https://evil.example.test"])
      expect(await findWayBack(house.ctx, id)).toBeNull();
  });

  test.each(["javascript:alert(1)", "http://shop.example.test/", "https://a:b@shop.example.test/", ""])(
    "never to %j, whoever wrote it into the row",
    async (redirect) => {
      await register({ id: "shop" });
      await house.db.app.updateMany({ data: { redirect } });
      expect(await findWayBack(house.ctx, "shop")).toBeNull();
    },
  );
});
