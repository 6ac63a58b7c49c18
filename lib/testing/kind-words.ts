import { factorKinds } from "@/lib/policy/traits";
import type { Rule } from "@/lib/testing/floor-plan";

/** Where the kinds are told apart: what they are, the two registries, and what the API for apps calls them. Their own folders besides. */
const registries = [
  "lib/policy/traits.ts",
  "lib/factors/registry.ts",
  "components/factors/faces.tsx",
  "lib/api/kind-words.ts",
];

/** Words that mean something else too: a channel, a field of a form, a column. These are looked for only where a kind is meant. */
const manySided = ["sms", "email", "password"];

const words = factorKinds.join("|");
const word = `["'](${words})["']`;
const plain = factorKinds.filter((kind) => !manySided.includes(kind)).join("|");

/** Each way in which code tells one kind from the others. The word stands in the first group, or in the second. */
const tellings = [
  new RegExp(`["'](${plain})["']`, "g"), // the bare word
  new RegExp(`\\b(?!channel\\b|word\\b|type\\b|done\\b)\\w+\\)? [!=]== ${word}`, "g"), // kind === "email"
  new RegExp(`\\bkinds?\\b[^\\n]{0,24}?${word}`, "gi"), // kind: "email", kinds.includes("email"), kind = 'email' of a statement
  new RegExp(`${word}(?:, | \\| )${word}`, "g"), // ["sms", "email"], "sms" | "email"
  new RegExp(`\\b(?:held|strategies|faces|traits)(?:\\.|\\[")(${words})\\b`, "g"), // held.email
  new RegExp(`\\b(?:isUsable|isShut|placeOf|levelOf|handleOf|place)\\(${word}`, "g"),
  new RegExp(`"factor\\.(${words})"`, "g"), // a bucket
  new RegExp(`\\bfactor: ${word}`, "g"),
  new RegExp(`\\bSELECT '(${words})'`, "g"),
  new RegExp(`\\.includes\\(${word}`, "g"),
  new RegExp(`[pP]roof\\w*(?:: [^=\\n]+)? = [^\\n]*${word}`, "g"), // what a session was proven with
  new RegExp(`\\b(${plain}|sms): [^,{}\\n]+,\\s+(?:${words}): `, "g"), // a record by kind
];

const isHome = (path: string, kind: string): boolean =>
  path.startsWith(`lib/factors/${kind}/`) || path.startsWith(`components/factors/${kind}/`);

/**
 * Whoever decides asks what a kind is (`lib/policy/traits.ts`), never which one it is: a new kind would be forgotten there. A kind's own
 * folders name it, and no other.
 */
export const kindsAreNamedAtHome: Rule = (files) =>
  [...files].flatMap(([path, text]) => {
    if (registries.includes(path) || path.startsWith("lib/testing/")) return [];
    const found = tellings.flatMap((telling) => [...text.matchAll(telling)]);
    const lines = found.flatMap((match) => {
      const kind = match[1] ?? "";
      return isHome(path, kind) ? [] : [lineAt(text, match.index + match[0].length - 1)];
    });
    return [...new Set(lines)].map((line) => `${path} tells kinds apart: ${line}`);
  });

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return text.slice(start, text.indexOf("\n", at)).trim();
}
