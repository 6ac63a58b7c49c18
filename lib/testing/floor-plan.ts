import { type Import, importsOf, type Sources } from "@/lib/testing/source-files";

/** A rule of the house: what is wrong, each with the file; nothing when all is well. */
export type Rule = (files: Sources) => string[];

/** The rooms of `lib/` in five wings, all of it from the ground up. A room may look down, never up. */
export const wings = {
  ground: [
    "messages",
    "kernel",
    "policy",
    "config",
    "cookies",
    "crypto",
    "db",
    "context",
    "places",
    "turns",
    "portals",
    "audit",
    "throttle",
    "links",
  ],
  outbox: ["delivery", "letters", "notices", "waiting"],
  identity: ["users", "apps", "sessions", "factors"],
  flows: [
    "challenge",
    "unlocks",
    "login",
    "resets",
    "setup",
    "registration",
    "account",
    "operator",
    "pending",
    "rotation",
    "backup",
    "invariants",
  ],
  doors: ["auth", "api", "web", "sweep", "serve", "doctor", "cli"],
} as const;

export const floors: readonly string[] = Object.values(wings).flat();

const roomOf = (path: string) => path.match(/^lib\/([^/]+)\//)?.[1] ?? null;
const isWords = (target: string) => /^lib\/[\w/-]+\/messages$/.test(target);
const isIn = (path: string, ...places: readonly string[]) => places.some((place) => path.startsWith(place));
const isBeside = (path: string) => isIn(path, "lib/testing/");

const about =
  (wrong: (one: Import) => boolean, word: string): Rule =>
  (files) =>
    importsOf(files).flatMap((one) => (wrong(one) ? [`${one.from} ${word} ${one.target}`] : []));

export const nobodyClimbs: Rule = (files) =>
  importsOf(files).flatMap(({ from, target, typeOnly }) => {
    const [own, other] = [roomOf(from), roomOf(`${target}/`)];
    const isDbType = typeOnly && target === "lib/db/client";
    if (own === null || other === null || isBeside(from) || isWords(target) || isDbType) return [];
    if (other === "testing" || !floors.includes(own) || !floors.includes(other))
      return [`${from} reaches ${target}, which is on no floor below it`];
    return floors.indexOf(other) > floors.indexOf(own) ? [`${from} climbs to ${target}`] : [];
  });

/** Types are erased, so only what runs can run in a circle. */
export const noCircles: Rule = (files) => {
  const targets = new Map<string, string[]>();
  for (const { from, target, typeOnly } of importsOf(files)) {
    const file = [`${target}.ts`, `${target}.tsx`].find((path) => files.has(path));
    if (file && !typeOnly) targets.set(from, [...(targets.get(from) ?? []), file]);
  }
  const [circles, done]: [string[], Set<string>] = [[], new Set()];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) for (const next of targets.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of files.keys()) walk(file, []);
  return circles;
};

const isFramework = (target: string) => /^(?:next|react|react-dom|server-only|client-only)(?:\/|$)/.test(target);
export const frameworkStaysAtTheDoors = about(
  ({ from, target, typeOnly }) =>
    isFramework(target) &&
    isIn(from, "lib/") &&
    !isIn(from, "lib/web/", "lib/auth/", "lib/testing/") &&
    !(typeOnly && isIn(from, "lib/serve/")),
  "knows the framework:",
);

export const nextAuthHasOneRoom = about(
  ({ from, target }) => /^(?:next-auth|@auth\/)/.test(target) && !isIn(from, "lib/auth/"),
  "knows next-auth:",
);

export const libKnowsNoFaces = about(
  ({ from, target }) => isIn(from, "lib/") && isIn(target, "app/", "components/"),
  "knows a face or a door:",
);

/** A door asks a use-case: only there do the rules stand that a query knows nothing of. */
export const doorsAskNoStore = about(
  ({ from, target }) => isIn(from, "app/", "components/") && /^lib\/.*\/store$/.test(target),
  "asks a store itself:",
);

const mayOpenDatabase = ["lib/db/", "lib/web/build-context.ts", "lib/cli/", "lib/serve/", "lib/testing/"];
export const databaseIsHandedIn = about(
  ({ from, target, names }) =>
    target === "lib/db/client" && /\*|\b(?:database|openDatabase)\b/.test(names) && !isIn(from, ...mayOpenDatabase),
  "opens the database itself:",
);

const kindOf = (path: string) => path.match(/^lib\/factors\/([^/]+)\//)?.[1] ?? null;
/** What two kinds share has a folder of its own, which is no kind. */
const shared = "sent-code";
/** Generic files may know the kinds through the registry only; recovery codes come with every enrolment, so those files know them. */
export const factorsAreStrangers = about(({ from, target }) => {
  const [own, other] = [kindOf(from), kindOf(`${target}`)];
  if (other === null || isWords(target) || !isIn(from, "lib/factors/")) return false;
  if (own !== null) return own !== other && other !== shared;
  return other !== "recovery" && from !== "lib/factors/registry.ts";
}, "knows another kind:");

export const wordsAreLeaves = about(
  ({ from, target }) => /\/messages\.ts$/.test(from) && target !== "lib/messages/words-shape",
  "is words, and imports",
);

export const oneDoorToSessions = about(
  ({ from, target }) => target === "lib/sessions/open-session" && !isIn(from, "lib/challenge/"),
  "opens sessions beside the one door:",
);

const model = "lib/testing/histories/model/";
/** A model that reads anything of the house, were it a type, agrees with a fault in it (docs/decisions/0037). */
export const modelKnowsNoHouse = about(
  ({ from, target }) => isIn(from, model) && !isIn(target, model),
  "is written from the rules alone, and reads",
);
