import { describe, expect, test } from "vitest";
import { isApiPath, isForApi, refusal, straightened } from "@/lib/web/same-origin";

const home = "https://login.example.test";
const form = { origin: home, "content-type": "application/x-www-form-urlencoded" };

function judge(headers: Readonly<Record<string, string>>, { method = "POST", path = "/login" } = {}): number | null {
  return refusal({ method, path, header: (name) => headers[name] ?? null }, home)?.status ?? null;
}

test.each(["GET", "HEAD"])("%s passes from anywhere: it changes nothing", (method) => {
  expect(judge({ origin: "https://evil.test" }, { method })).toBeNull();
});

test("a form and an action call of our own pages pass", () => {
  expect(judge(form)).toBeNull();
  expect(
    judge({ ...form, "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "same-origin" }),
  ).toBeNull();
  expect(judge({ origin: home, "next-action": "00", "content-type": "text/plain;charset=UTF-8" })).toBeNull();
});

test.each([
  ["missing", undefined],
  ["opaque", "null"],
  ["empty", ""],
  ["foreign", "https://evil.test"],
  ["of the other scheme", "http://login.example.test"],
  ["of another port", "https://login.example.test:8443"],
  ["with a path", "https://login.example.test/"],
  ["of a subdomain", "https://x.login.example.test"],
  ["that only begins like ours", "https://login.example.test.evil.test"],
  ["twice", "https://login.example.test, https://login.example.test"],
  ["malformed", "https://[login"],
])("an origin %s is refused", (_, origin) => {
  const { origin: _ours, ...rest } = form;
  expect(judge(origin === undefined ? rest : { ...rest, origin })).toBe(403);
});

test.each([
  ["its port written out", "https://login.example.test:443"],
  ["a dot at its end", "https://login.example.test."],
  ["capitals", "HTTPS://LOGIN.EXAMPLE.TEST"],
])("our origin with %s is ours", (_, origin) => expect(judge({ ...form, origin })).toBeNull());

test("a form from a page that hides where it is passes only when the browser itself says that it is ours", () => {
  const hidden = { ...form, origin: "null" };
  expect(judge({ ...hidden, "sec-fetch-site": "same-origin" })).toBeNull();
  expect(judge({ ...hidden, "next-action": "00", "sec-fetch-site": "same-origin" })).toBeNull();
  for (const site of ["cross-site", "same-site", "none", "same-origin, same-origin", "Same-Origin", ""])
    expect(judge({ ...hidden, "sec-fetch-site": site }), site).toBe(403);
  expect(judge({ ...hidden, origin: "NULL", "sec-fetch-site": "same-origin" })).toBe(403);
});

test.each(["cross-site", "same-site", "none", "?"])("the browser's own word %s is enough to refuse", (site) => {
  expect(judge({ ...form, "sec-fetch-site": site })).toBe(403);
});

test.each(["application/json", "text/plain", "", "application/x-www-form-urlencodedx"])(
  "a body of type %j is no form",
  (type) => {
    expect(judge({ origin: home, "content-type": type })).toBe(415);
  },
);

test("the API takes JSON from anywhere", () => {
  expect(
    judge({ origin: "https://app.test", "content-type": "application/json" }, { path: "/api/v2/mfa/totp" }),
  ).toBeNull();
  expect(judge({ "content-type": "application/json" }, { path: "/graphql/v2" })).toBeNull();
});

test("a server action cannot hide in the API: Next would run it there, cookies and all", () => {
  const foreign = { origin: "https://evil.test" };
  expect(judge({ ...foreign, "next-action": "00" }, { path: "/api/v2/none" })).toBe(403);
  expect(judge({ ...foreign, "content-type": "multipart/form-data; boundary=x" }, { path: "/graphql/v2" })).toBe(403);
  expect(judge({ ...foreign, "content-type": "application/x-www-form-urlencoded" }, { path: "/api/v2/none" })).toBe(
    403,
  );
  for (const type of ["multipart/form-data,x; boundary=x", "multipart/form-datax; boundary=x", "Multipart/Form-Data x"])
    expect(judge({ ...foreign, "content-type": type }, { path: "/api/v2/none" })).toBe(403);
});

test.each([
  "/api/v2/../../login",
  "/api/v2/%2e%2e/login",
  "/api/v2//login",
  "/api/v2",
  "/api/v2/a b",
  "/graphql/v2/x",
  "/API/v2/x",
])("%j is no path of the API", (path) => expect(isApiPath(path)).toBe(false));

describe("an address of the API", () => {
  test.each([
    ["//api/v2/login/email-code", "/api/v2/login/email-code"],
    ["/api/v2//mfa///totp/verify/", "/api/v2/mfa/totp/verify"],
    ["/graphql/v2/", "/graphql/v2"],
    ["/api/v2/logout/?app_id=a//b/", "/api/v2/logout?app_id=a//b/"],
  ])("%s is meant as %s", (written, meant) => expect(straightened(written)).toBe(meant));

  test.each(["//login", "/login/", "/api//v3/x", "/security//factors/", "/?next=//api/v2/x", "*", ""])(
    "%j is none, and stays as it is",
    (url) => expect(straightened(url)).toBe(url),
  );

  test.each(["/api/v2", "/api/v2/", "/api/v2/%zz", "/graphql/v2", "//api/v2/x", "/api/v2/../login"])(
    "%s is for the API",
    (path) => expect(isForApi(path)).toBe(true),
  );
  test.each(["/", "/api/v20", "/graphql/v2x", "/login/api/v2", "/apiv2"])("%s is not", (path) =>
    expect(isForApi(path)).toBe(false),
  );
});
