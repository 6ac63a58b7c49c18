import "@/lib/testing/cheap-hashing";
import { answerChallenge } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import type { Showing } from "@/lib/factors/strategy";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { asserted } from "@/lib/testing/histories/house/keys";
import { at, type Room, sendFirst, sessionOf } from "@/lib/testing/histories/house/room";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import type { Kind } from "@/lib/testing/histories/model/state";
import { type Cookies, passwordOf, type World, withCode } from "@/lib/testing/histories/world";

/** Both doors are behind: the session takes the place of the one that this browser had. */
export async function enter(
  room: Room,
  browser: Cookies,
  pass: Pass,
  { shown, trusts = false }: { readonly shown: Showing | null; readonly trusts?: boolean },
): Promise<Said> {
  const before = await sessionOf(room, browser);
  const opened = await claimLogin(at(room, browser), pass, { session: before, deviceToken: browser.device, trusts });
  if (!opened) return said("over");
  browser.pass = null;
  browser.session = opened.sessionToken;
  if (opened.deviceToken !== null) browser.device = opened.deviceToken;
  return said("in", show(room.world, shown));
}

/** Recovery codes that are shown get their names in the order in which they are. */
export function show(world: World, shown: Pick<Showing, "codes"> | null): { readonly shows?: number } {
  const codes = shown?.codes ?? [];
  for (const code of codes) {
    world.savedCount += 1;
    world.saved.set(`r${world.savedCount}`, code);
  }
  return codes.length > 0 ? { shows: codes.length } : {};
}

export async function knock(room: Room, browser: Cookies, person: number | null, password: number): Promise<Said> {
  const ctx = at(room, browser);
  const identifier =
    person === null ? `nobody-${room.world.number}@example.test` : (room.world.people[person]?.email ?? "");
  const { pass, next, maySend } = await logInWithPassword(ctx, {
    identifier,
    password: passwordOf(password),
    deviceToken: browser.device,
    returnTo: "/security",
    pass: browser.pass,
  });
  if (next === "claim") return enter(room, browser, pass, { shown: null });
  browser.pass = pass;
  if (next === "answer" && maySend) await sendFirst(ctx, pass, null);
  return said(next);
}

type Typed = { readonly kind: Kind; readonly code: Code; readonly trusts: boolean };

export async function answerIn(room: Room, browser: Cookies, { kind, code, trusts }: Typed): Promise<Said> {
  const session = await sessionOf(room, browser);
  const { pass } = browser;
  if (pass === null) return said("over");
  const ctx = at(room, browser);
  const answer = kind === "passkey" ? await asserted(ctx, room.world, pass, code) : withCode(room.world, kind, code);
  const answered = await answerChallenge(ctx, { pass, kind, answer, sessionId: session?.id ?? null });
  if (answered.purpose === "HALF") {
    await sendFirst(ctx, pass, session?.id ?? null);
    return said("half");
  }
  if (answered.purpose === "RESET") return said("choose", show(room.world, answered.reveal));
  if (answered.purpose === "LOGIN")
    return enter(room, browser, pass, { shown: answered.reveal, trusts: trusts && answered.mayTrust });
  browser.session = answered.sessionToken;
  browser.pass = null;
  return said("proven", show(room.world, answered.reveal));
}

type Code = Extract<Act, { readonly do: "answer" }>["code"];
