import type { Ctx } from "@/lib/context/context";
import type { Shot } from "@/lib/testing/hostile/waiting";

/** What is sent at a door: by those who mean no harm, and by those who do. */
export type Shots = { readonly good: readonly Shot[]; readonly hostile: readonly Shot[] };

/** A place where a stranger's text is read. `open` makes the people who are needed there, and what is sent: what they hold lives some minutes. */
export type Door = { readonly name: string; readonly open: (ctx: Ctx) => Promise<Shots> };

/** What the doors need: the checkout, the portal's address, and the id of an action by its name. */
export type Place = { readonly root: string; readonly url: string; readonly actionId: (name: string) => string };

/** One list out of several, in which the entries of the shorter ones come at even distances: also a part of it has some of each. */
export const mixed = <T>(lists: readonly (readonly T[])[]): readonly T[] =>
  lists
    .flatMap((list) => list.map((entry, at) => ({ entry, place: (at + 0.5) / list.length })))
    .sort((one, other) => one.place - other.place)
    .map(({ entry }) => entry);
