import { codeNow } from "@/e2e/support/authenticator";
import { layLine } from "@/e2e/support/database-line";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn, openHouse, secretOf } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { sdkClient } from "@/e2e/support/sdk/client";
import { sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";

test("while the database is away the package reads 503 in words, nothing is granted, and it comes back by itself", async () => {
  const line = await layLine();
  await withOwnPortal({ databaseAddress: line.addressOf }, async (portal) => {
    const house = openHouse(portal);
    const { id: appId } = await registerApp(house);
    const ada = await moveIn(house, { apps: 1 });
    const sdk = sdkClient(house, { appId });
    const given = { ...(await toSecondStep(sdk, ada)), totp: codeNow(secretOf(ada)) };
    await line.cut();
    for (const call of [() => sdk.loginByEmail(ada.email, ada.password), () => sdk.mfa.verifyTotpMfa(given)])
      expect((await refusalOf(call())).code).toBe(503);
    await line.mend();
    expect(await sessionsOf(house, ada)).toBe(0);
    await expect.poll(() => sdk.mfa.verifyTotpMfa(given).then(insiderOf, () => null)).toMatchObject({ id: ada.userId });
    expect(await sessionsOf(house, ada)).toBe(1);
    await house.close();
  }).finally(() => line.close());
});
