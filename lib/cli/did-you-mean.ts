import type { Command } from "@/lib/cli/command";
import { closest, distance } from "@/scripts/closest.mjs";

/** ` Did you mean "people list"?` for words that call no command, or nothing where no command is like them. */
export function commandMeant(words: readonly string[], commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name);
  const typed = words.map((word) => word.toLowerCase());
  const near = closest(
    typed.join(" "),
    names.filter((name) => isNear(typed.slice(0, wordsOf(name).length).join(" "), name)),
  );
  if (near !== "") return ` Did you mean "${near}"?`;
  const alike = [beginningLike(typed, names), sharingWord(typed, names)].find((found) => found.length > 0) ?? [];
  return alike.length === 0 ? "" : ` Did you mean ${alike.map((name) => `"${name}"`).join(", ")}?`;
}

/** ` Did you mean --username?` for an option that a command does not have. */
export function flagMeant(typed: string, { flags }: Command): string {
  const near = closest(
    typed,
    [...Object.keys(flags), "json", "help"].filter((flag) => isNear(typed, flag)),
  );
  return near === "" ? "" : ` Did you mean --${near}?`;
}

const wordsOf = (name: string) => name.split(" ");
/** A quarter of the letters may be wrong, and always one. */
const isNear = (typed: string, word: string) => distance(typed, word) <= Math.max(1, Math.floor(word.length / 4));

const beginningLike = ([first = ""]: readonly string[], names: readonly string[]) =>
  names.filter((name) => isNear(first, wordsOf(name)[0] ?? ""));

const sharingWord = (typed: readonly string[], names: readonly string[]) =>
  names.filter((name) => name.split(/[ -]/).some((word) => typed.some((one) => isNear(one, word))));
