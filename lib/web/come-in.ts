import type { Ctx } from "@/lib/context/context";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { type LoggedIn, logInWithPassword } from "@/lib/login/log-in-with-password";
import type { LogInInput } from "@/lib/login/schema";
import { readCookie } from "@/lib/web/cookie-jar";
import { enterFirstDoor } from "@/lib/web/enter";
import { passOfBrowser } from "@/lib/web/guard";
import { returnTo } from "@/lib/web/return-to";

/**
 * What the form of the first door leads to, for its action to load when one is sent: the rules of a login, all kinds of factors and the tables of
 * telephone numbers are most of the portal, and the page that shows the form needs none of it.
 */
export async function comeIn(ctx: Ctx, input: LogInInput): Promise<never> {
  const target = returnTo(input.returnTo);
  return enterFirstDoor(ctx, await started(ctx, input, target), target);
}

async function started(ctx: Ctx, input: LogInInput, target: string): Promise<LoggedIn> {
  const deviceToken = (await readCookie("known-device")) ?? null;
  const entering = { deviceToken, isShared: input.shared === "on", returnTo: target };
  if ("credential" in input) {
    const browser = (await readCookie("signing-in")) ?? null;
    return logInWithPasskey(ctx, { ...entering, answer: { credential: input.credential }, browser });
  }
  const { identifier, password } = input;
  const unlockToken = (await readCookie("unlock")) ?? null;
  return logInWithPassword(ctx, { ...entering, identifier, password, unlockToken, pass: await passOfBrowser() });
}
