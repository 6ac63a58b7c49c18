import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { atSecondDoor } from "@/lib/testing/story";

/**
 * What a document may weigh in bytes, before it is compressed: a page is sent twice in it, for the eye and for React, so whatever is written out on every
 * page (a long list of classes, a page that nobody sees) counts double, in bytes and in the portal's time.
 */
const limits = { "/login": 15_500, "/challenge/totp": 17_400, "/security": 26_300 };

test("documents stay light", async ({ house, person }) => {
  const grace = await person({ apps: 1, codes: true });
  const session = await openSessionOf(house, grace);
  const pass = await encodeMfaToken(await atSecondDoor(house.ctx, grace.userId), grace.userId);
  const cookies = {
    "/login": "",
    "/challenge/totp": cookieLine(house.url, "second-door", pass),
    "/security": cookieLine(house.url, "session", session.cookie),
  };
  for (const path of ["/login", "/challenge/totp", "/security"] as const) {
    const { status, body } = await ask(house.url, path, { headers: { cookie: cookies[path] } });
    expect(status).toBe(200);
    expect.soft(Buffer.byteLength(body), path).toBeLessThan(limits[path]);
  }
});
