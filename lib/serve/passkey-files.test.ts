import { expect, test } from "vitest";
import { readConfig } from "@/lib/config/read-config";
import { addressTexts } from "@/lib/serve/boot-text";
import { addressOf } from "@/lib/serve/incoming";
import { expectDressed, home, host, localSettings, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors({ RELATED_ORIGINS: "former.test,login.example.com" });

const related = "/.well-known/webauthn";
const endpoints = "/.well-known/passkey-endpoints";
const at = (name: string, path = related, method = "GET") => doors.get(path, { method, headers: { host: name } });

test.each([host, "former.test", "FORMER.test.", "former.test:443", "login.example.com"])(
  "a browser that asks at %s reads where passkeys of that name may be used",
  async (name) => {
    const { status, headers, body } = await at(name);
    expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
    expect(JSON.parse(body)).toEqual({ origins: [home] });
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cache-control": "public, max-age=3600",
    });
    expect([headers["set-cookie"], headers.location]).toEqual([undefined, undefined]);
    const head = await at(name, related, "HEAD");
    expect([head.status, head.bytes.length, head.headers["content-length"]]).toEqual([200, 0, String(body.length)]);
  },
);

test.each([
  ["former.test", "/"],
  ["former.test", "/login"],
  ["former.test", endpoints],
  ["former.test", "/.well-known/webauthn/"],
  ["former.test", "/.well-known/change-password"],
  ["former.test", "/graphql/v2"],
  ["former.test", "/oidc/auth"],
  ["former.test", "/_next/static/chunks/door.js"],
  ["former.test:8443", related],
  ["www.former.test", related],
  ["evil.test", related],
])("at %s nothing else is answered: %s is 421", async (name, path) => {
  const { status, headers } = await at(name, path);
  expect([status, doors.seen]).toEqual([421, {}]);
  expectDressed(headers);
});

test("nobody posts there: 421 under a former name, 405 or 404 at home", async () => {
  for (const method of ["POST", "DELETE", "OPTIONS"])
    expect((await at("former.test", related, method)).status).toBe(421);
  for (const path of [related, endpoints]) expect((await at(host, path, "PUT")).status).toBe(405);
});

test("password managers find where to add a passkey and where to look after them", async () => {
  const { status, headers, body } = await doors.get(`${endpoints}?from=a-manager`);
  expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
  expect(JSON.parse(body)).toEqual({ enroll: `${home}/security/factors/new`, manage: `${home}/security` });
  expect(doors.seen).toEqual({});
});

test("both are answered while the database is away, and close the line of a portal that stops", async () => {
  Object.assign(doors, { isOpen: false, isClosing: true });
  for (const path of [related, endpoints]) {
    const { status, headers } = await doors.get(path);
    expect([status, headers.connection]).toEqual([200, "close"]);
  }
});

test("where APP_URL has no name there is neither, and the start says that passkeys are off", () => {
  const saidAt = (APP_URL: string) => {
    const reading = readConfig({ ...localSettings, APP_URL }, "/");
    if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
    const { passkeyFiles } = addressOf(reading.config);
    return { files: passkeyFiles.size, said: addressTexts(reading.config).join("\n") };
  };
  expect(saidAt("http://127.0.0.1:3000")).toEqual({
    files: 0,
    said: expect.stringContaining("\nPasskeys are off: they belong to a name"),
  });
  expect(saidAt("http://localhost:3000").said).not.toContain("Passkeys");
});
