/** Every header the portal's answers carry, in one place. Sources: OWASP ASVS 5.0, 3.4.1 to 3.4.8 and 14.3.2. */

import { askedHeaders, askedInAddress } from "@/lib/web/asked-in-address";

export type HeaderList = Readonly<Record<string, string>>;

/**
 * What the policy of a page depends on. `nonce` is fresh for each answer. Development needs eval for React's traces, and
 * inline styles: Next's own tools write 33 of them into every page and cannot carry a nonce.
 */
export type PagePolicy = { readonly nonce: string; readonly isDevelopment: boolean };

const common: HeaderList = {
  "x-content-type-options": "nosniff",
  // never no-referrer: Chromium then posts forms with "Origin: null", and every form without scripts is refused
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "publickey-credentials-get=(self), publickey-credentials-create=(self), accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
};

/** Two years, longer than the year that ASVS 3.4.1 asks for. Only over https: on http browsers ignore it. */
const strictTransport: HeaderList = { "strict-transport-security": "max-age=63072000; includeSubDomains" };

/** The policy of an answer that shows nothing of its own: assets, JSON, refusals in plain text. */
export const nothingPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The policy of a mail's HTML in the developers' mailbox: inline styles, which mails live on, and nothing else. No script, no request. */
export const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** Is this the address of such a document? It has no page around it, so no nonce either. */
export const isMailDocument = (path: string): boolean => /^\/dev\/mailbox\/[\w-]+\/html$/.test(path);

/** The headers of every answer, whatever it is. */
export function securityHeaders({ isHttps }: { readonly isHttps: boolean }): HeaderList {
  return isHttps ? { ...common, ...strictTransport } : common;
}

/** Content-Security-Policy of a page: scripts and inline styles run only with this answer's nonce (CSP level 3). */
export function contentSecurityPolicy({ nonce, isDevelopment }: PagePolicy): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What a page reads of its request: the policy (Next takes the nonce for its own scripts from it), nonce, path and what its query asks for. */
export function pageRequestHeaders(given: { policy: string; nonce: string; path: string; query: string }): HeaderList {
  const { language, theme } = askedInAddress(given.query);
  return {
    "content-security-policy": given.policy,
    "x-nonce": given.nonce,
    "x-pathname": given.path,
    [askedHeaders.language]: language,
    [askedHeaders.theme]: theme,
  };
}

/** `Cache-Control` of everything that is made for somebody: nothing is kept. */
export const keptByNobody = "no-store";

/**
 * The headers of a file that is the same for everybody. Left out is what speaks of a document's windows, frames and sensors: a script, a style or a
 * picture has none. The policy stays, because a picture can be opened as a document, and names frame-ancestors too (ASVS 3.4.6).
 */
export function fileHeaders(house: { readonly isHttps: boolean }): HeaderList {
  const all = securityHeaders(house);
  const kept = Object.entries(all).filter(([name]) => !documentsOnly.includes(name));
  return { ...Object.fromEntries(kept), "content-security-policy": nothingPolicy };
}

const documentsOnly = ["x-frame-options", "cross-origin-opener-policy", "permissions-policy"];

/** `Cache-Control` of a file: for ever where its name is its hash, else for an hour. */
export const fileCacheControl = (path: string): string =>
  path.startsWith("/_next/static/") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
