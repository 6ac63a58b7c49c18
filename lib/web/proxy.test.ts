import { NextRequest } from "next/server";
import { beforeAll, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { setSettings } from "@/lib/testing/test-settings";
import { proxy } from "@/proxy.dev";

beforeAll(() => setSettings());

/** The Origin that a route finds behind the proxy, of a post that came with this one. */
function originBehind(path: string, origin: string, type: string): string | null {
  const { appUrl } = config();
  const request = new NextRequest(new URL(path, appUrl), { method: "POST", headers: { origin, "content-type": type } });
  return proxy(request).headers.get("x-middleware-request-origin");
}

test.each(["/api/v2/login/account", "/graphql/v2", "/api/v2/upload"])(
  "a foreign page that calls %s stays one: nobody judged its origin before the route does",
  (path) => {
    expect(originBehind(path, "https://elsewhere.test", "application/json")).toBe("https://elsewhere.test");
  },
);

test("a form of ours has our origin as Next compares it, however it was spelt", () => {
  const { appUrl } = config();
  const type = "application/x-www-form-urlencoded";
  expect(originBehind("/login", appUrl.toUpperCase(), type)).toBe(appUrl);
});
