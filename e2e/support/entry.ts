import type { BrowserContext } from "@playwright/test";
import type { House } from "@/e2e/support/house";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { sealSessionCookie, sessionCookie } from "@/lib/auth/session-cookie";
import { atSecondDoor } from "@/lib/testing/story";
import { openSessionFor } from "@/lib/testing/test-context";
import { mfaCookie } from "@/lib/web/private-cookies";

/** The session's row and the cookie that names it. */
export type OpenedSession = { readonly id: string; readonly cookie: string };

/** Opens a session for somebody, with whatever their account asks for already proven just now. */
export async function openSessionOf(house: House, person: { readonly userId: string }): Promise<OpenedSession> {
  const { token, session } = await openSessionFor(house.ctx, person);
  return { id: session.id, cookie: await sealSessionCookie(token, person.userId) };
}

/** Puts a cookie into a browser as the portal would have set it. */
export async function giveCookie(context: BrowserContext, name: string, value: string): Promise<void> {
  const base = { domain: "localhost", path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;
  await context.addCookies([{ ...base, name, value }]);
}

/** Lets somebody into a browser without the doors, for stories that begin behind them. */
export async function letIn(house: House, context: BrowserContext, person: { readonly userId: string }) {
  const opened = await openSessionOf(house, person);
  await giveCookie(context, sessionCookie.name, opened.cookie);
  return opened;
}

/** Brings somebody's browser between the two doors without typing their password, for what is only looked at there. */
export async function letBetween(house: House, context: BrowserContext, person: { readonly userId: string }) {
  const pass = await atSecondDoor(house.ctx, person.userId);
  await giveCookie(context, mfaCookie.name, await encodeMfaToken(pass, person.userId));
}
