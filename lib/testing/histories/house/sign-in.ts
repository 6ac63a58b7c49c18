import "@/lib/testing/cheap-hashing";
import { config } from "@/lib/config/config";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { enter } from "@/lib/testing/histories/house/doors";
import { at, browserOf, type Room } from "@/lib/testing/histories/house/room";
import type { Act, Said } from "@/lib/testing/histories/model/said";

/** The first door by a passkey. A browser keeps the same word for as long as its history lasts. */
export async function signIn(
  room: Room,
  { browser: index, signed, of }: Extract<Act, { readonly do: "signIn" }>,
): Promise<Said> {
  const { world } = room;
  const browser = browserOf(room, index);
  const ctx = at(room, browser);
  const kept = (place: number) => `browser ${place} of ${world.number}`;
  if (of === world.signIns.length) world.signIns.push(newChallenge(ctx, kept(index)));
  const { key, counter, verified } = signed;
  const credential = world.keys
    .get(key)
    ?.get(optionsOfSignIn(world.signIns[of] ?? ""), config().appUrl, { counter, verified });
  const { pass } = await logInWithPasskey(ctx, {
    answer: { credential: credential ?? "" },
    browser: kept(index),
    deviceToken: browser.device,
    returnTo: "/security",
  });
  return enter(room, browser, pass, { shown: null });
}
