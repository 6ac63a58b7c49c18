import { findCurrentSession } from "@/lib/auth/current-session";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { actorOf } from "@/lib/sessions/acting-session";
import { sendingSettings } from "@/lib/testing/letters";
import type { Cost } from "@/lib/testing/statements/count";
import type { House } from "@/lib/testing/story";
import { makePerson, openSessionFor, testContext, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

/** By the name of each path: what it costs to take it once. */
export type Paths = Readonly<Record<string, () => Promise<Cost>>>;

/** Registration is open, and letters leave, while `work` runs. */
export async function whileOpen<T>(house: House, work: () => Promise<T>): Promise<T> {
  setSettings({ ...sendingSettings, REGISTRATION: "open", DATABASE_URL: house.url });
  try {
    return await work();
  } finally {
    const off = Object.fromEntries(Object.keys(sendingSettings).map((name) => [name, ""]));
    setSettings({ ...off, REGISTRATION: "", DATABASE_URL: house.url });
  }
}

/** Whoever's session a cookie opens, as a page finds them. */
export async function insiderOf(ctx: Ctx, cookie: string) {
  const session = await findCurrentSession(ctx, cookie);
  ensure(session, "it was just opened");
  return actorOf(session);
}

/** Somebody with an authenticator app, who has logged in before; all of it now, as the doors of the API have no other clock. */
export async function somebody(house: House) {
  const ctx = testContext({ db: house.db, clock: systemClock, ip: house.stranger().visitor.ip });
  const person = await makePerson(ctx);
  const app = await withTotp(ctx, person);
  const { token, deviceToken } = await openSessionFor(ctx, person);
  const cookie = sealSessionCookie(token, person.userId);
  return { ctx, person, secret: app.secret, code: () => app.codeAt(ctx.now), cookie, deviceToken };
}
