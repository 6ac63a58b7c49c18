import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { config } from "@/lib/config/config";
import { inSeconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** next-auth's cookie. No other cookie's name may begin like this one: next-auth would take it for a chunk of it. */
export const sessionCookie = {
  name: "__Host-session",
  options: { path: "/", secure: true, httpOnly: true, sameSite: "lax" },
} as const;

const claims = z.object({ sid: z.string().regex(/^ses_[\w-]{43}$/) });

/** The token of the session's row in a cookie's value, or null for anything forged, expired, of another kind or damaged. */
export async function readSessionCookie(value: string | undefined): Promise<string | null> {
  if (value === undefined || value === "" || value.length > 4096) return null;
  try {
    const read = claims.safeParse(
      await decode({ token: value, secret: [...config().authSecrets.reveal()], salt: sessionCookie.name }),
    );
    return read.success ? read.data.sid : null;
  } catch {
    return null; // the library throws for every kind of damage; to us they are all the same
  }
}

/** A cookie's value for an exchanged token: next-auth's own encoding under the session cookie's salt. `maxAge` in seconds. */
export function sealSessionCookie(sessionToken: string, userId: string): Promise<string> {
  const maxAge = inSeconds(policy.session.lifetime);
  return encode({
    token: { sub: userId, sid: sessionToken },
    secret: [...config().authSecrets.reveal()],
    salt: sessionCookie.name,
    maxAge,
  });
}
