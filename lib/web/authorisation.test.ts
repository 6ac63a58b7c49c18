import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { graphqlOperations, restOperations } from "@/lib/api/operations";
import { type FreshAction, freshActions, wantedBy } from "@/lib/policy/freshness";
import { readSources } from "@/lib/testing/source-files";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const root = join(import.meta.dirname, "../..");
const place = join(root, "docs/security/authorisation.md");

const sources = [...readSources(root, ["app"])];

/** Every exported action of the pages, and who may call it. */
function actions(): string[][] {
  const files = sources.filter(([path]) => path.endsWith("actions.ts"));
  return files.flatMap(([path, text]) =>
    [...text.matchAll(/export (?:const|async function) (\w+Action)\b([^;]*)/g)].map(([, name = "", body = ""]) => [
      `\`${name}\``,
      path.replace(/^app\/(?:\(\w+\)\/)?/, "").replace(/\/?actions\.ts$/, "") || "/",
      `\`${body.match(/who: (fresh\("[\w.]+"|\w+)/)?.[1]?.replace(/^fresh\("(.*)"$/, 'fresh("$1")') ?? "anyone"}\``,
    ]),
  );
}

/** Every operation of the JSON API, and the bearer that it needs. */
function operations(): string[][] {
  const rest = Object.entries(restOperations).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { needs }]) => [`${method} /api/v2/${path}`, needs]),
  );
  const graphql = Object.entries(graphqlOperations).map(([field, { kind, of }]) => [`${kind} ${field}`, of.needs]);
  return [...rest, ...graphql].map(([name = "", needs = ""]) => [`\`${name}\``, needs]);
}

/** What each action that wants a fresh proof does, as people read it. */
const dangerous: Readonly<Record<FreshAction, string>> = {
  "factor.add": "binding or replacing a second factor",
  "factor.remove": "removing one",
  "recovery.regenerate": "new recovery codes",
  "password.change": "another password, with the current one or without it",
  "sessions.end": "ending a login, all others, or those through an app",
  "devices.forget": "forgetting a known browser, or all others",
  "change.veto": "stopping a change that waits",
  "data.download": "asking for what is kept, and downloading it",
  "account.delete": "deleting the account",
  "contact.change": "adding, changing or removing the login email, a further address or the number to log in with",
  "username.change": "another user name",
};

/** The doors of each: the actions that ask for its proof, and the pages and files that do. */
function doorsOf(action: FreshAction): { readonly actions: readonly string[]; readonly pages: readonly string[] } {
  const pages = sources.flatMap(([path, text]) =>
    text.includes(`freshPage(ctx, "${action}"`) ? [path.replace(/^app(\/.*)\/(?:page\.tsx|route\.ts)$/, "`$1`")] : [],
  );
  return {
    actions: actions().flatMap(([name = "", , who]) => (who === `\`fresh("${action}")\`` ? [name] : [])),
    pages,
  };
}

/** Each of them with what it is, how good a proof it wants, and its doors. */
function dangerousRows(): string[][] {
  return freshActions.map((action) => {
    const doors = doorsOf(action);
    const proof = wantedBy(action) === "strongest" ? "the strongest kind" : "a strong kind";
    return [dangerous[action], proof, doors.actions.join(" "), doors.pages.join(" ")];
  });
}

test("docs/security/authorisation.md names every action of the pages and every operation of the API, and who may call it", async () => {
  const found = actions();
  expect(found.length).toBeGreaterThan(15);
  const table = markdownTable(["action", "place", "who"], found);
  const walked = markdownTable(["what", "proof", "actions that ask for it", "pages that ask before"], dangerousRows());
  const page = withPart(withPart(readFileSync(place, "utf8"), "dangerous", walked), "actions", table);
  const api = markdownTable(["operation", "bearer"], operations());
  await expect(withPart(page, "operations", api)).toMatchFileSnapshot(place);
});

test("each dangerous action has a door that asks for its proof, and a page that asks before", () => {
  const without = freshActions.filter((action) => doorsOf(action).actions.length === 0);
  const unasked = freshActions.filter((action) => doorsOf(action).pages.length === 0);
  expect([without, unasked]).toEqual([[], ["username.change"]]); // a field of a page that is open to look at
});

/** What an owner may do without a fresh proof, each with its reason: everything else of theirs asks for one. */
const harmless: Readonly<Record<string, string>> = {
  declineOfferAction: "closes an offer",
  renameFactorAction: "changes a word",
  cancelEnrolmentAction: "gives up what was begun",
  savedAction: "says that codes are kept",
  notMeAction: "only takes away: that login and its browser",
  lockAccountAction: "only takes away: the owner's own containment",
  renameDeviceAction: "changes a word",
  withdrawTrustAction: "only takes away: the second step is asked there again",
  updateProfileAction: "what apps may call somebody",
  beginConfirmAction: "proves the address that is there",
  confirmOwnAction: "proves the address that is there",
  keepUnaskedAction:
    "asks for the proof itself, and for more: a login of ten minutes ago on a settled device; refused without a word, for nobody pressed anything",
  acknowledgeSetBackAction: "says that something was read",
};

test("whatever an owner does in a session asks for a fresh proof, but for what weakens nothing", () => {
  const open = actions().filter(([, place = "", who]) => place.startsWith("security") && !who?.startsWith("`fresh("));
  expect(open.map(([name = ""]) => name.replaceAll("`", "")).sort()).toEqual(Object.keys(harmless).sort());
});

test("an action without a guard of the house is one that only remembers a preference, or that only takes away", () => {
  const bare = actions().filter(([, , who]) => who === "`anyone`");
  const places = new Set(bare.map(([, place]) => place));
  expect([...places].sort()).toEqual(["alarm/[token]", "login", "preferences", "revert/[token]", "veto/[token]"]);
});
