import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  cacheControl,
  contentSecurityPolicy,
  isMailDocument,
  judgedHeader,
  mailPolicy,
  publicFiles,
  securityHeaders,
} from "@/lib/web/headers";
import { config as proxyConfig } from "@/proxy";

test("every answer carries what the bar asks for", () => {
  expect(securityHeaders({ isHttps: true })).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": expect.stringContaining("publickey-credentials-get=(self)"),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
  });
});

test("a portal on plain http does not promise https", () => {
  expect(securityHeaders({ isHttps: false })).not.toHaveProperty("strict-transport-security");
});

test("scripts run by nonce only, and eval only while developing", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", isDevelopment: false });
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  for (const each of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"]) {
    expect(policy).toContain(each);
  }
  const development = contentSecurityPolicy({ nonce: "abc", isDevelopment: true });
  expect(development).toContain("'unsafe-eval'");
  expect(development).toContain("style-src 'self' 'unsafe-inline';"); // beside a nonce it would not count
});

test.each([
  ["/dev/mailbox/6Dp4GP8ueWwwPw4irOvDEg/html", true],
  ["/dev/mailbox/a/b/html", false],
  ["/security/html", false],
  ["/dev/mailbox", false],
])("%s is a mail and nothing else: %s", (path, isMail) => {
  expect(isMailDocument(path)).toBe(isMail);
});

test("a mail in the mailbox may have styles, and neither scripts nor requests", () => {
  expect(mailPolicy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
  expect(mailPolicy).toMatch(/; sandbox$/);
  expect(mailPolicy).not.toMatch(/script-src|connect-src|allow-|https?:/);
});

test.each([
  ["/security", 200, "no-store"],
  ["/", 307, "no-store"],
  ["/_next/static/chunks/a.js", 200, "public, max-age=31536000, immutable"],
  ["/_next/static/chunks/a.js", 404, "no-store"],
  ["/_next/data/x.json", 200, "no-store"],
  ["/robots.txt", 200, "public, max-age=3600"],
  ["/security/robots.txt", 200, "no-store"],
])("%s answered with %i is kept as %j", (path, status, kept) => {
  expect(cacheControl({ path, status })).toBe(kept);
});

test("the list of public files is the folder", () => {
  const folder = readdirSync(join(import.meta.dirname, "../../public")).map((name) => `/${name}`);
  expect([...publicFiles].sort()).toEqual(folder.sort());
});

test("the proxy rests exactly where the serving entry has judged", () => {
  expect(proxyConfig.matcher[0]?.missing).toEqual([{ type: "header", key: judgedHeader }]);
});
