import { isOpen } from "@/lib/testing/histories/model/enter";
import { isLiveSession, personAt } from "@/lib/testing/histories/model/people";
import type { Act } from "@/lib/testing/histories/model/said";
import type { Browser, Kind, Person, State } from "@/lib/testing/histories/model/state";
import { waysOf } from "@/lib/testing/histories/model/ways";

/** Where people may say that they receive: few, so that several claim the same. */
export type Places = { readonly numbers: readonly string[]; readonly mails: readonly string[] };

export type Scene = { readonly state: State; readonly places: Places; readonly nextName: string };

export const among = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(all.length, 1)];

/** Everybody whose account is there. */
export const living = ({ people }: State): readonly Person[] => people.filter(({ isGone }) => !isGone);

export const onBrowser = (browser: Browser | null | undefined, act: (index: number) => Act): Act | null =>
  browser ? act(browser.index) : null;

export const onPerson = (person: Person | undefined, act: (index: number) => Act): Act | null =>
  person ? act(person.index) : null;

/** A browser whose challenge is open; once in a while one whose challenge is over. */
export function atDoor(state: State, pick: number): Browser | null {
  const between = state.browsers.filter(({ challenge }) => challenge !== null);
  const open = between.filter(
    ({ challenge }) => challenge && isOpen(state, personAt(state, challenge.owner), challenge),
  );
  return among(open.length > 0 && pick % 10 !== 9 ? open : between, pick) ?? null;
}

export const withSession = (state: State, pick: number) =>
  among(
    state.browsers.filter(({ session }) => session !== null),
    pick,
  ) ?? null;

export const inside = (state: State, pick: number) =>
  among(
    state.browsers.filter(({ session }) => isLiveSession(state, session)),
    pick,
  ) ?? null;

export const waysAt = (state: State, { challenge }: Browser): Kind[] =>
  challenge ? waysOf(personAt(state, challenge.owner), challenge) : [];
