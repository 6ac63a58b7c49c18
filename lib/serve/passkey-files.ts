import type { RelyingParty } from "@/lib/config/passkey-settings";
import type { Exchange } from "@/lib/serve/exchange";
import { fileCacheControl, fileHeaders } from "@/lib/web/headers";

/** What browsers and password managers read about passkeys, by the path of its address. Empty where there are none. */
export type PasskeyFiles = ReadonlyMap<string, string>;

/** The one file that is answered under a former name too. */
const related = "/.well-known/webauthn";

/**
 * Written once, at the start. `webauthn`: at which origin passkeys of the name that was asked may be used (WebAuthn level 3, 5.11), which is `APP_URL`
 * alone; `passkey-endpoints`: where people add one and look after theirs (W3C, "A well-known URL for passkey endpoints").
 */
export function passkeyFiles({
  appUrl,
  relyingParty,
}: {
  appUrl: string;
  relyingParty: RelyingParty | null;
}): PasskeyFiles {
  if (relyingParty === null) return new Map();
  const endpoints = { enroll: `${appUrl}/security/factors/new`, manage: `${appUrl}/security` };
  return new Map([
    [related, JSON.stringify({ origins: [appUrl] })],
    ["/.well-known/passkey-endpoints", JSON.stringify(endpoints)],
  ]);
}

/** May somebody who asks for this path under this authority read it although the portal has another name? */
export const isForFormer = (path: string, authority: string | null, party: RelyingParty | null): boolean =>
  path === related && authority !== null && party?.formerIds.includes(authority) === true;

/** Answers with such a file. Anybody may read it, and nothing is read of who asks. */
export function answerPasskeyFile({ res, house, isClosing }: Exchange, path: string, body: string): void {
  res.writeHead(200, {
    ...fileHeaders(house),
    "cache-control": fileCacheControl(path),
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...(isClosing() ? { connection: "close" } : {}),
  });
  res.end(body);
}
