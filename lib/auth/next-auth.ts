import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { sessionSeal } from "@/lib/auth/session-cookie";
import { config } from "@/lib/config/config";
import { cookieOf } from "@/lib/cookies/cookies";
import { openToken, sealToken } from "@/lib/crypto/sealed-token";
import { inSeconds } from "@/lib/kernel/duration";
import { logLine } from "@/lib/kernel/log";
import { policy } from "@/lib/policy/policy";

declare module "next-auth" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged with the library's own
  interface User {
    /** The token of the session's row; it goes into the cookie and nowhere else. */
    sessionToken?: string;
  }
}

type Authorise = (challenge: unknown) => Promise<{ readonly userId: string; readonly sessionToken: string } | null>;

/**
 * next-auth in process: no route, no password provider. Its one provider takes a challenge's id and asks `authorise` to claim it.
 * It keeps the cookie; the session's row keeps the truth.
 */
export function nextAuthFor(authorise: Authorise) {
  return NextAuth({
    basePath: "/api/auth",
    trustHost: true,
    secret: [...config().authSecrets.reveal()],
    session: { strategy: "jwt", maxAge: inSeconds(policy.session.lifetime) },
    jwt: {
      encode: ({ token, maxAge = 0 }) => sealToken(sessionSeal, { ...token }, maxAge),
      decode: ({ token }) => openToken(sessionSeal, token),
    },
    cookies: { sessionToken: cookieOf("session"), callbackUrl: cookieOf("came-from") },
    providers: [
      Credentials({
        id: "mfa",
        credentials: { challenge: {} },
        authorize: async ({ challenge }) => {
          const opened = await authorise(challenge);
          return opened ? { id: opened.userId, sessionToken: opened.sessionToken } : null;
        },
      }),
    ],
    callbacks: {
      // Only a sign-in writes a token, and only the session's own secret goes in; everything else is read from the row.
      jwt: ({ token, user, trigger }) => (trigger === "signIn" ? { sub: token.sub, sid: user.sessionToken } : null),
    },
    logger: {
      error: (error) =>
        logLine("error", "next-auth.failed", { error: "type" in error ? String(error.type) : error.name }),
      warn: () => undefined,
      debug: () => undefined,
    },
  });
}
