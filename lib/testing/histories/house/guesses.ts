import "@/lib/testing/cheap-hashing";
import { answerIn, knock } from "@/lib/testing/histories/house/doors";
import { browserOf, type Room, refusalOr } from "@/lib/testing/histories/house/room";
import { type Act, inTurn, type Said, strangersAddress } from "@/lib/testing/histories/model/said";
import type { Cookies } from "@/lib/testing/histories/world";

export async function guessPassword(
  room: Room,
  { person, times, from }: Extract<Act, { readonly do: "guessPassword" }>,
): Promise<Said> {
  const all: Said[] = [];
  for (let time = 0; time < times; time += 1) {
    const browser = guesserAt(room, from, time);
    const heard = await refusalOr(room, () => knock(room, browser, person, -1));
    all.push(heard);
    room.world.now += heard.waits ?? 0;
  }
  return inTurn(all);
}

export async function guessCode(
  room: Room,
  { person, password, kind, times, from }: Extract<Act, { readonly do: "guessCode" }>,
): Promise<Said> {
  const { world } = room;
  const all: Said[] = [];
  let [browser, logins]: [Cookies | null, number] = [null, 0];
  for (let time = 0; time < times; time += 1) {
    if (browser === null) {
      const guesser = guesserAt(room, from, logins);
      browser = guesser;
      logins += 1;
      all.push(await refusalOr(room, () => knock(room, guesser, person, password)));
    }
    const typing = browser;
    const heard = await refusalOr(room, () => answerIn(room, typing, { kind, code: "wrong", trusts: false }));
    all.push(heard);
    world.now += heard.said === "wait" ? (heard.waits ?? 0) : 0;
    if (heard.said !== "wrong") browser = null;
  }
  return inTurn(all);
}

function guesserAt(room: Room, from: Extract<Act, { readonly do: "guessCode" }>["from"], time: number): Cookies {
  if ("browser" in from) return browserOf(room, from.browser);
  return {
    ip: strangersAddress(room.world.number, from.strangers + time),
    agent: "Stranger",
    session: null,
    pass: null,
    device: null,
  };
}
