import { type Address, cookieOf } from "@/lib/cookies/cookies";
import { type Finding, fault } from "@/lib/doctor/finding";
import type { Arrived } from "@/lib/serve/echo";

/** Where the lines for a proxy stand. */
export const seeProxy = '(docs/operate.md, "Behind a proxy", has the lines for nginx, Caddy and others).';

const nobodyIn = "nobody stays logged in";

/** Whether a cookie comes through to the portal at this address, and one of its own back as it was set: `cookies` are the `Set-Cookie` lines of its answer. */
export function lostCookies({ hasProbe }: Arrived, cookies: readonly string[], address: Address): readonly Finding[] {
  if (hasProbe === undefined) return [];
  const found: Finding[] = [];
  if (!hasProbe)
    found.push(
      fault(
        "cookies.not_passed",
        `The proxy does not pass a visitor's cookies on to the portal: ${nobodyIn}.`,
        `Let it send the Cookie header as it came ${seeProxy}`,
      ),
    );
  const changed = whatChanged(cookies, address);
  if (changed !== null)
    found.push(
      fault(
        "cookies.changed",
        `The portal's cookies do not come back as it set them (${changed}): browsers refuse them, and ${nobodyIn}.`,
        `Take out of the proxy what hides or rewrites Set-Cookie (proxy_cookie_path, proxy_cookie_domain, proxy_hide_header, a cache) ${seeProxy}`,
      ),
    );
  return found;
}

/** What a browser minds (RFC 6265bis, 5.7): more than the portal said may stand there. Null: it takes the cookie. */
function whatChanged(cookies: readonly string[], address: Address): string | null {
  const { name, options } = cookieOf("probe", address);
  const line = cookies.find((cookie) => cookie.startsWith(`${name}=1;`));
  if (line === undefined) return "none of its name came";
  const attributes = line
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (!attributes.includes("path=/")) return "another Path";
  if (attributes.some((part) => part.startsWith("domain="))) return "a Domain";
  return options.secure && !attributes.includes("secure") ? "Secure is missing" : null;
}
