import type { Rule } from "@/lib/testing/floor-plan";
import { importsOf, type Sources } from "@/lib/testing/source-files";

const matches = (files: Sources, pattern: RegExp, isAllowed: (path: string) => boolean, complaint: string): string[] =>
  [...files].flatMap(([path, text]) => (!isAllowed(path) && pattern.test(text) ? [`${path} ${complaint}`] : []));

const startsWithOne =
  (...places: readonly string[]) =>
  (path: string) =>
    !path.startsWith("lib/") || places.some((place) => path.startsWith(place));

/** Every query of a room is in one file, so that a reviewer reads one file. */
export const queriesLiveInStores: Rule = (files) =>
  matches(
    files,
    /\b(?:ctx|tx|context)\.db\s*(?:\.|\[)|\bsql\((?:ctx|tx)\)/,
    (path) =>
      /\/store\.ts$/.test(path) ||
      ["lib/context/context.ts", ...allowedQueries].some((place) => path.startsWith(place)),
    "touches the database outside a store",
  );
/** `testing` stands beside the house; its stories look into rows. */
const allowedQueries = ["lib/testing/"];

export const sessionsAreInsertedOnce: Rule = (files) =>
  matches(
    files,
    /INSERT INTO sessions|\.session\.(?:create|upsert)/,
    (path) => path === "lib/sessions/store.ts" || path.startsWith("lib/testing/"),
    "inserts a session",
  ).concat(
    matches(
      files,
      /\binsertSession\(/,
      (path) =>
        ["lib/sessions/store.ts", "lib/challenge/claim/store.ts"].includes(path) || path.startsWith("lib/testing/"),
      "inserts a session",
    ),
  );

export const timeIsHandedIn: Rule = (files) =>
  matches(
    files,
    /\bnew Date\(\)|\bDate\.now\(/,
    startsWithOne("lib/kernel/clock.ts", "lib/testing/"),
    "asks for the time itself",
  );

/** In Node 20 a compiled `URL.canParse` no longer knows names beyond ASCII: one function reads an address. */
export const addressesAreReadByOne: Rule = (files) =>
  matches(files, /\bURL\.canParse\b(?!`)/, (path) => path.startsWith("lib/testing/"), "asks URL.canParse");

export const chanceIsHandedIn: Rule = (files) =>
  matches(
    files,
    /\bMath\.random\(|\brandomUUID\(|\bgetRandomValues\(/,
    startsWithOne("lib/kernel/random.ts", "lib/testing/"),
    "throws dice itself",
  );

/** Not the domain's cryptography: a checksum of migration files, names of folders, and an authenticator for tests with its attestations. */
const cryptographers = [
  "lib/kernel/random.ts",
  "lib/crypto/",
  "lib/db/",
  "lib/serve/",
  "lib/testing/software-key.ts",
  "lib/testing/attestations.ts",
];
export const cryptographyHasItsPlace: Rule = (files) =>
  importsOf(files).flatMap(({ from, target }) =>
    /^(?:node:)?crypto$/.test(target) && !startsWithOne(...cryptographers)(from) ? [`${from} does cryptography`] : [],
  );

/** A formatter costs a hundred times what it formats, so it is made once: by `kept`, or where the file begins. */
const madeOnce = /^(?:export )?const \w+ = (?:kept\(|new Intl\.\w+\()/gm;
export const formattersAreKept: Rule = (files) =>
  matches(
    new Map([...files].map(([path, text]) => [path, withoutKept(text)])),
    /\bIntl\.[A-Z]\w+\(|\.toLocale(?:Date|Time)?String\(/,
    (path) => path.startsWith("lib/testing/"),
    "makes a formatter anew each time",
  );

const withoutKept = (text: string): string =>
  [...text.matchAll(madeOnce)].reduceRight((rest, { index, 0: beginning }) => {
    const opens = index + beginning.length - 1;
    return rest.slice(0, index) + rest.slice(opens + enclosed(rest.slice(opens)).length + 2);
  }, text);

export const environmentIsConfiguration: Rule = (files) =>
  matches(files, /\bprocess\.env\b/, (path) => /^(?:lib\/config\/|lib\/testing\/)/.test(path), "reads the environment");

/** Anyone may choose a language: a cookie of their own browser, no account, no secret, nothing to guard. */
const visitorsOwn = ["app/preferences/actions.ts"];
export const everyActionSaysWho: Rule = (files) =>
  [...files].flatMap(([path, text]) => {
    if (!/^app\/.*\/actions\.ts$/.test(path) || visitorsOwn.includes(path)) return [];
    const exported = [...text.matchAll(/^export\s+(.*)$/gm)].map(([, rest = ""]) => rest);
    return exported
      .filter((rest) => !/^const \w+Action = (?:formAction|buttonAction)\(/.test(rest))
      .map((rest) => `${path} exports without a who: ${rest}`);
  });

export const actionsLiveInActions: Rule = (files) =>
  matches(files, /^\s*"use server"/m, (path) => /\/actions\.ts$/.test(path), "holds server actions");

const forbiddenInBrowser =
  /^lib\/(?:messages\/(?:catalogue|say)$|[\w/-]+\/messages$|config\/|crypto\/|db\/|context\/|auth\/|web\/|[\w/-]+\/store$)/;
/** From each client file along everything it imports: the catalogue, keys and rows never travel to a browser. */
export const browserGetsNoSecrets: Rule = (files) => {
  const imports = importsOf(files).filter(({ typeOnly }) => !typeOnly);
  const reached = new Set([...files].flatMap(([path, text]) => (/^\s*"use client"/.test(text) ? [path] : [])));
  const complaints: string[] = [];
  for (const file of reached) {
    for (const { target } of imports.filter(({ from }) => from === file)) {
      if (forbiddenInBrowser.test(target)) complaints.push(`${file} carries ${target} to the browser`);
      for (const path of [`${target}.ts`, `${target}.tsx`])
        if (files.has(path) && !/^\s*"use server"/.test(files.get(path) ?? "")) reached.add(path);
    }
  }
  return complaints;
};

/**
 * A transaction starts with a write. PostgreSQL's default isolation lets two callers read the same row and both say yes; a conditional
 * write makes one of them wait. Textual: the first awaited call of the work must not be a question.
 */
export const transactionsStartWithAWrite: Rule = (files) =>
  [...files].flatMap(([path, text]) =>
    path.startsWith("lib/testing/")
      ? []
      : worksOf(text).flatMap((work) =>
          isQuestion(firstCall(work, text)) ? [`${path} asks before it writes: ${firstCall(work, text)}`] : [],
        ),
  );

const isQuestion = (call: string) =>
  /^(?:find|get|list|count(?!StepUp|WaitingTry|WindowTries|TowardsCap|PasswordFailure)|is|read|has)[A-Z]/.test(call);

function worksOf(text: string): string[] {
  return [...text.matchAll(/\bin(?:Short)?Transaction(\(\s*\w+\s*,)/g)].map((call) =>
    enclosed(text.slice(call.index + call[0].indexOf("("))),
  );
}

/** The text between the first parenthesis and its partner. */
function enclosed(text: string): string {
  let depth = 0;
  for (let end = 0; end < text.length; end += 1) {
    if (text[end] === "(") depth += 1;
    if (text[end] === ")") depth -= 1;
    if (depth === 0) return text.slice(1, end);
  }
  return text;
}

/** The first call that is given the transaction; a function of the same file is looked into. */
function firstCall(work: string, file: string): string {
  const call = work.match(/\b(\w+)\((?:tx|ctx)\b/)?.[1] ?? "";
  const own = file.match(new RegExp(`function ${call}\\b[\\s\\S]*?\\n}`))?.[0];
  if (call === "" || own === undefined) return call;
  return firstCall(own.slice(own.indexOf("{\n")), file.replace(own, ""));
}

/** An `import()` that is asked anew looks for all files of its part anew: it is asked by `late`, once. What only a start loads, and the browser's own, may ask themselves. */
const asksItself = /(?<!\btypeof )\bimport\(/;
const lateParts =
  /\blate\(\(\) =>\s+(?:Promise\.all\(\[import\("[^"]+"\)(?:, import\("[^"]+"\))*\]\)|import\("[^"]+"\))/g;
export const latePartsAreKept: Rule = (files) =>
  matches(
    new Map([...files].map(([path, text]) => [path, text.replace(lateParts, "")])),
    asksItself,
    (path) => /^(?:components|lib\/(?:serve|testing|db\/generated))\//.test(path),
    "loads a part anew each time",
  );

/**
 * Every folder on the way to a page is drawn as a layer around it, twice in each answer: one that no address shows needs a layout that earns it. Actions may stand in
 * such a folder: nothing is drawn of it, and some were named after it (action-names.ts).
 */
export const routesHaveNoIdleFolders: Rule = (files) => {
  const groups = [...files.keys()].flatMap((path) =>
    /^app\/.*\/(?:page|route)(?:\.dev)?\.tsx?$/.test(path)
      ? [...path.matchAll(/\([^/.]+\)(?=\/)/g)].map(({ 0: name, index }) => path.slice(0, index) + name)
      : [],
  );
  return [...new Set(groups)]
    .filter((group) => !files.has(`${group}/layout.tsx`))
    .map((group) => `${group} has no layout: what pages share lies in a folder that begins with "_"`);
};

/** Actions stand in a folder that no address shows and nothing else does there, so that a page may move and its action stay (docs/decisions/0051). */
export const actionsStandApart: Rule = (files) =>
  [...files.keys()].flatMap((path) => {
    const isAction = path.endsWith("/actions.ts") && !visitorsOwn.includes(path);
    if (isAction && /^app\/(?!\((?:account|auth)\)\/)/.test(path)) return [`${path} stands in no folder of actions`];
    if (!isAction && /^app\/\((?:account|auth)\)\//.test(path)) return [`${path} is no action`];
    return [];
  });
