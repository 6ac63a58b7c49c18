import "@/lib/testing/cheap-hashing";
import type { Pass } from "@/lib/challenge/challenge";
import { readPrepared } from "@/lib/challenge/read-challenge";
import type { PreparedView } from "@/lib/challenge/view";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { enter } from "@/lib/testing/histories/house/doors";
import { at, browserOf, type Room } from "@/lib/testing/histories/house/room";
import type { Act, Code, Said } from "@/lib/testing/histories/model/said";
import type { World } from "@/lib/testing/histories/world";
import { type Manners, softwareKey } from "@/lib/testing/software-key";

/** A challenge that nobody was handed here. */
const elsewhere = "b3RoZXI";
const nothingAsked = JSON.stringify({ challenge: elsewhere, rpId: "localhost", rp: { id: "localhost" } });

const optionsIn = (prepared: PreparedView | null): string =>
  (prepared?.how === "ceremony" ? prepared.options.options : undefined) ?? nothingAsked;

/** The key that somebody has in hand, and how it answers: a stranger's to a challenge of elsewhere where what is typed is none. */
function handOf({ keys }: World, code: Code) {
  const manners: Manners =
    typeof code === "object" && "key" in code
      ? { counter: code.counter, verified: code.verified, ...(code.here ? {} : { challenge: elsewhere }) }
      : { challenge: elsewhere };
  const key = typeof code === "object" && "key" in code ? keys.get(code.key) : undefined;
  return { key: key ?? softwareKey(), manners };
}

/** What a browser sends at a step that a passkey answers. */
export async function asserted(
  ctx: Ctx,
  world: World,
  pass: Pass,
  code: Code,
): Promise<{ readonly credential: string }> {
  if (code === "malformed") return { credential: "12" };
  const { key, manners } = handOf(world, code);
  return { credential: key.get(optionsIn(await readPrepared(ctx, pass, "passkey")), config().appUrl, manners) };
}

/** What it sends when one is bound. */
export function created(world: World, prepared: PreparedView | null, code: Code): { readonly credential: string } {
  if (code === "malformed") return { credential: "12" };
  const { key, manners } = handOf(world, code);
  return { credential: key.create(optionsIn(prepared), config().appUrl, manners) };
}

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
  return enter(room, browser, pass, { shown: [] });
}
