import { expect, test } from "vitest";
import {
  contentSecurityPolicy,
  fileCacheControl,
  fileHeaders,
  isMailDocument,
  mailPolicy,
  securityHeaders,
} from "@/lib/web/headers";

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

test("a file says what means something without a window, and no more", () => {
  expect(fileHeaders({ isHttps: true })).toEqual({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
  });
  expect(fileHeaders({ isHttps: false })).not.toHaveProperty("strict-transport-security");
});

test.each([
  ["/_next/static/chunks/a.js", "public, max-age=31536000, immutable"],
  ["/robots.txt", "public, max-age=3600"],
])("the file %s is kept as %j", (path, kept) => {
  expect(fileCacheControl(path)).toBe(kept);
});
