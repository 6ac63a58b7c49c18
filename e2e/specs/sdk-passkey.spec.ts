import { expect } from "@/e2e/support/fixtures";
import { moveIn, openHouse } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { sdkClient } from "@/e2e/support/sdk/client";
import { test } from "@/e2e/support/sdk/fixtures";
import { withPasskey } from "@/lib/testing/passkeys";

const settings = { SECOND_FACTOR_KINDS: "passkey,totp" };

test("whoever has only a passkey is told, in both languages, that the second step works on the portal's pages, and where these are", async () => {
  await withOwnPortal({ settings }, async (portal) => {
    const house = openHouse(portal, settings);
    const ada = await moveIn(house, { codes: true });
    await withPasskey(house.ctx, ada);
    const { id: appId } = await registerApp(house);
    for (const [lang, sentence] of [
      ["en-US", `The second step of this account works on the portal’s own pages, at ${portal.url}.`],
      ["zh-CN", `该账户的第二步验证需在门户页面（${portal.url}）完成。`],
    ] as const) {
      const refusal = await refusalOf(sdkClient(portal, { appId, lang }).loginByEmail(ada.email, ada.password));
      expect(refusal).toMatchObject({
        code: 1636,
        message: sentence,
        data: { passkeyEnabled: true, applicationMfa: [{ mfaPolicy: "PASSKEY", status: 0, sort: 0 }] },
      });
    }
    await house.close();
  });
});
