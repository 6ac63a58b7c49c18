import { expect } from "@/e2e/support/fixtures";
import { moveIn, openHouse } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { codeOf, insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { sdkClient } from "@/e2e/support/sdk/client";
import { walkTheDocuments } from "@/e2e/support/sdk/documented";
import { test } from "@/e2e/support/sdk/fixtures";

test("every example of the documentation works, with passwords as they are typed, and the description knows each call", async ({
  house,
  client,
  recorder,
}) => {
  await walkTheDocuments({ house, client });
  const calls = recorder.heard.map(({ call: { method, path }, verdict }) => ({ call: `${method} ${path}`, verdict }));
  expect(calls.length).toBeGreaterThan(30);
  expect(calls.filter(({ verdict }) => verdict === null || verdict.request !== null)).toEqual([]);
});

test("every example works with the package's own RSA where the operator turned it on, and plain passwords too", async () => {
  await withOwnPortal({ settings: { RSA_PASSWORDS: "true" } }, async (portal) => {
    const house = openHouse(portal);
    try {
      const { id: appId } = await registerApp(house);
      const client = () => sdkClient(house, { appId, encrypts: true });
      await walkTheDocuments({ house, client });
      const [hedy, sdk] = [await moveIn(house, { password: "密码 ärgert 🔑 every loom" }), client()];
      expect(await codeOf(sdk.loginByEmail(hedy.email, "not the password at all"))).toBe(2333);
      insiderOf(await sdk.loginByEmail(hedy.email, hedy.password));
      insiderOf(await sdkClient(house, { appId }).loginByEmail(hedy.email, hedy.password));
      const broken = sdkClient(house, { appId, encrypts: true, cipher: "A".repeat(344) });
      expect(await codeOf(broken.loginByEmail(hedy.email, hedy.password)), "reads like a wrong password").toBe(2333);
      expect(portal.output()).not.toContain(hedy.password);
    } finally {
      await house.close();
    }
  });
});

test("where RSA is off, a client that would encrypt is told both options that it has to set", async ({
  person,
  client,
}) => {
  const katherine = await person();
  const refusal = await refusalOf(client({ encrypts: true }).loginByEmail(katherine.email, katherine.password));
  expect(refusal.message).toContain("publicKey");
  expect(refusal.message).toContain("encryptFunction");
});
