import type { PolicyChange } from "@/lib/operator/change-policy";
import { readPersonPolicy } from "@/lib/policy/person-policy";
import { strengths } from "@/lib/policy/strength";
import { type BoundKind, boundKinds } from "@/lib/policy/traits";

/** What an operator typed: a change (null when they typed none), or a sentence about the first thing that is not as it should be. */
export type FlagsReading = { readonly change: PolicyChange | null } | { readonly mistake: string };

type Reader = (text: string) => PolicyChange | string;

/** Each option: the change that it stands for, or what it must be. */
const readers: Readonly<Record<string, Reader>> = {
  demand: (text) => {
    if (text === "default") return { demand: undefined };
    return text === "on" || text === "off" ? { demand: text } : "--demand must be on, off or default.";
  },
  from: (text) => {
    if (text === "none") return { from: undefined };
    const { policy, isWhole } = readPersonPolicy({ from: text });
    return isWhole ? { from: policy.from } : "--from must be a day such as 2031-03-01, or none.";
  },
  kinds: (text) => {
    if (text === "default") return { kinds: undefined };
    const words = text.split(",").map((word) => word.trim());
    const kinds = boundKinds.filter((kind) => words.includes(kind));
    const isList = kinds.length === words.length && words.length > 0;
    return isList
      ? { kinds: inTypedOrder(kinds, words) }
      : `--kinds must be some of ${all}, with commas between them, or default.`;
  },
  count: (text) => {
    if (text === "default") return { count: undefined };
    const count = ([1, 2, 3] as const).find((number) => String(number) === text);
    return count === undefined ? "--count must be 1, 2, 3 or default." : { count };
  },
  "email-counts": (text) => {
    if (text === "default") return { emailCounts: undefined };
    return text === "yes" || text === "no"
      ? { emailCounts: text === "yes" }
      : "--email-counts must be yes, no or default.";
  },
  strength: (text) => {
    if (text === "default") return { strength: undefined };
    const strength = strengths.find((word) => word === text);
    return strength ? { strength } : `--strength must be ${strengths.join(", ")} or default.`;
  },
};

const all = boundKinds.join(", ");

const inTypedOrder = (kinds: readonly BoundKind[], words: readonly string[]): readonly BoundKind[] =>
  [...kinds].sort((one, other) => words.indexOf(one) - words.indexOf(other));

/** Reads the options of `people policy`. */
export function readPolicyFlags(flags: Readonly<Record<string, string | boolean | undefined>>): FlagsReading {
  let change: PolicyChange | null = null;
  for (const [name, read] of Object.entries(readers)) {
    const typed = flags[name];
    if (typeof typed !== "string") continue;
    const part = read(typed.trim().toLowerCase());
    if (typeof part === "string") return { mistake: part };
    change = { ...(change ?? {}), ...part };
  }
  return { change };
}
