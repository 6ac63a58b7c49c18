import { expect, test } from "vitest";
import { originForm } from "@/lib/serve/request-target";
import { expectDressed, home, host, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();

test.each([
  ["a page", `${home}/login?a=b`, "/login?a=b"],
  ["no path", home, "/"],
  ["a query alone", `${home}?a=b`, "/?a=b"],
  ["another spelling of the name", "HTTPS://LOGIN.Example.TEST.:443/login", "/login"],
  ["the scheme that a proxy speaks", `http://${host}/login`, "/login"],
  ["two slashes", `${home}//evil.test/a`, "//evil.test/a"],
  ["a path", "/login", "/login"],
  ["an address in a query", `/login?next=${home}`, `/login?next=${home}`],
])("the whole address is read as its path: %s", (_, target, path) => expect(originForm(target, host)).toBe(path));

test.each([
  ["another host", "https://evil.test/login"],
  ["another port", `${home}:8443/login`],
  ["a user before it", "https://evil.test@login.example.test/login"],
  ["no host", "https:///login"],
  ["another scheme", `ftp://${host}/login`],
])("one that does not say what Host says is no path: %s", async (_, target) => {
  expect(originForm(target, host)).toBe(target);
  const { status, headers } = await doors.get(target);
  expect(status).toBe(400);
  expectDressed(headers);
});

test("at the doors it opens what its path opens, and a name that is not ours stays one", async () => {
  expect((await doors.get(`${home}/login`)).status).toBe((await doors.get("/login")).status);
  expect((await doors.get(home)).status).toBe(200);
  expect((await doors.get("http://evil.test/", { headers: { host: "evil.test" } })).status).toBe(421);
  expect(originForm("http:///", "")).toBe("http:///");
});
