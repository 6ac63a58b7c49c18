import type { BrowserContext } from "@playwright/test";
import type { House } from "@/e2e/support/house";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { type CookieKind, cookieOf } from "@/lib/cookies/cookies";
import { registerApp } from "@/lib/operator/register-app";
import { atSecondDoor } from "@/lib/testing/story";
import { openSessionFor } from "@/lib/testing/test-context";

/** The session's row and the cookie that names it. */
export type OpenedSession = { readonly id: string; readonly cookie: string };

/** Opens a session for somebody, with whatever their account asks for already proven just now. */
export async function openSessionOf(house: House, person: { readonly userId: string }): Promise<OpenedSession> {
  const { token, session } = await openSessionFor(house.ctx, person);
  return { id: session.id, cookie: sealSessionCookie(token, person.userId) };
}

/** The same through an app, which is registered for it. `app`: its id. */
export async function openAppSessionOf(house: House, person: { readonly userId: string }) {
  const app = house.ctx.random.bytes(6).toString("hex");
  const shop = { id: app, name: "咖啡店", origins: [], servers: [], redirect: null, unmasked: false, demands: false };
  await registerApp(house.ctx, { app: { ...shop, isDefault: false }, by: "stories" });
  const { id } = await openSessionOf(house, person);
  await house.sql("UPDATE sessions SET client_id = $2 WHERE id = $1", [id, app]);
  return { app, name: shop.name };
}

/** Puts a cookie into a browser as the portal at `house.url` would have set it. */
export async function giveCookie(house: House, context: BrowserContext, kind: CookieKind, value: string) {
  const { name, options } = cookieOf(kind, { appUrl: house.url, isHttps: house.url.startsWith("https:") });
  const { secure, httpOnly } = options;
  await context.addCookies([{ url: house.url, secure, httpOnly, sameSite: "Lax", name, value }]); // without a domain, as `__Host-` wants it
}

/** Lets somebody into a browser without the doors, for stories that begin behind them. */
export async function letIn(house: House, context: BrowserContext, person: { readonly userId: string }) {
  const opened = await openSessionOf(house, person);
  await giveCookie(house, context, "session", opened.cookie);
  return opened;
}

type Planted = { readonly kind: CookieKind; readonly value: string };

/**
 * What a thief who knows an owner's password can have put into the owner's browser before they log in: a half login of theirs at the owner's account, a session's cookie that
 * names the owner and is none yet, and what makes their own browser known to them.
 */
export async function plantCookies(
  house: House,
  context: BrowserContext,
  owner: { readonly userId: string },
  thief: { readonly userId: string },
): Promise<readonly Planted[]> {
  const pass = await atSecondDoor(house.ctx, owner.userId);
  const { deviceToken } = await openSessionFor(house.ctx, thief);
  const planted = [
    { kind: "second-door", value: await encodeMfaToken(pass, owner.userId) },
    { kind: "session", value: sealSessionCookie(`ses_${house.ctx.random.token()}`, owner.userId) },
    { kind: "known-device", value: deviceToken ?? "" },
  ] as const;
  for (const { kind, value } of planted) await giveCookie(house, context, kind, value);
  return planted;
}

/** Brings somebody's browser between the two doors without typing their password, for what is only looked at there. */
export async function letBetween(house: House, context: BrowserContext, person: { readonly userId: string }) {
  const pass = await atSecondDoor(house.ctx, person.userId);
  await giveCookie(house, context, "second-door", await encodeMfaToken(pass, person.userId));
}
