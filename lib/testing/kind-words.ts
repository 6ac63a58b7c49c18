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
  new RegExp(`\\bkinds?\\b[^\\n]{0,60}?${word}`, "gi"), // kind: "email", kinds.includes("email"), kind = 'email' of a statement
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

/** The texts of all kinds are one catalogue. */
const catalogue = "lib/messages/catalogue.ts";

/** What of a kind others may reach into by its name, and why no trait or verb of the registry does it. */
const doors: Readonly<Record<string, string>> = {
  "components/factors/passkey/late": "the page of factors tells the browser which passkeys are still accepted",
  "components/factors/passkey/sign-in-late": "the login page offers passkeys, beside the password",
  "components/factors/recovery/codes-sheet": "the page that shows new codes once",
  "lib/factors/email/handle": "the login address is one too: registered, and rewritten when its key changes",
  "lib/factors/email/numbers": "a contact is proven by a code like this kind's",
  "lib/factors/email/store": "its handles are rewritten when their key changes",
  "lib/factors/passkey/accepted": "the page of factors tells the browser which passkeys are still accepted",
  "lib/factors/passkey/judge": "a passkey opens the first door too, where nobody has said yet who they are",
  "lib/factors/passkey/names": "the start and a command say how many passkeys belong to which name of the portal",
  "lib/factors/passkey/sign-in-offer": "the login page offers passkeys, beside the password",
  "lib/factors/passkey/sign-in": "a passkey opens the first door too, where nobody has said yet who they are",
  "lib/factors/passkey/unasked": "a browser may make one after a login, in a session, where no enrolment was begun",
  "lib/factors/passkey/store": "that command counts them",
  "lib/factors/recovery/hand-out": "codes come with the first factor of any kind",
  "lib/factors/recovery/held-codes":
    "how many somebody has, and whether they are saved as far as anybody knows, is told on several pages",
  "lib/factors/recovery/new-set": "codes come with the first factor of any kind, and are made anew",
  "lib/factors/recovery/numbers": "how many there are, and from how few on somebody is warned",
  "lib/factors/recovery/store":
    "codes have a table of their own: counted, closed, swept and sealed anew beside the table of factors",
  "lib/factors/sms/numbers": "a contact is proven by a code like this kind's",
  "lib/factors/sms/served": "the page that asks for a number says which countries are served",
  "lib/factors/totp/restore/store": "what a restored backup knows of spent codes is old",
};

const reached = new RegExp(`["']@/((?:lib|components)/factors/(${words})/[^"']+)["']`, "g");

/** A kind's folders are its own: others come by the registries, or by a door that is named here. A door that nobody uses is none. */
export const kindsAreReachedByDoors: Rule = (files) => {
  const used = [...files].flatMap(([path, text]) => {
    if (registries.includes(path) || path === catalogue || path.startsWith("lib/testing/")) return [];
    return [...text.matchAll(reached)].flatMap(([, door = "", kind = ""]) =>
      isHome(path, kind) ? [] : [{ path, door }],
    );
  });
  const closed = used.filter(({ door }) => !Object.hasOwn(doors, door));
  const unused = Object.keys(doors).filter((door) => files.has(catalogue) && !used.some((one) => one.door === door));
  return [
    ...closed.map(({ path, door }) => `${path} reaches into ${door}`),
    ...unused.map((door) => `nobody needs the door ${door}`),
  ];
};

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return text.slice(start, text.indexOf("\n", at)).trim();
}
