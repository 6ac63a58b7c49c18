import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { homesOf, type LaidOut, layOut, withImports } from "@/lib/testing/papers/examples";
import { readSources } from "@/lib/testing/source-files";

const root = join(import.meta.dirname, "../../..");

/** Each guide and the files that its example costs, in its own order. */
const guides: Readonly<Record<string, readonly string[]>> = {
  "docs/add-a-card.md": [
    "lib/letters/waiting/store.ts",
    "lib/letters/waiting/give-up-letters.ts",
    "lib/audit/events.ts",
    "lib/notices/which-notice.ts",
    "lib/messages/account.ts",
    "lib/account/store.ts",
    "lib/account/read-overview.ts",
    "app/security/_cards/waiting-letters-card.tsx",
    "app/security/_cards/index.ts",
    "app/(account)/security/unsent-letters/actions.ts",
    "app/security/unsent-letters/page.tsx",
  ],
  "docs/add-a-factor.md": [
    "lib/policy/traits.ts",
    "lib/factors/fob/numbers.ts",
    "lib/factors/fob/code.ts",
    "lib/factors/fob/strategy.ts",
    "lib/factors/fob/messages.ts",
    "lib/messages/catalogue.ts",
    "components/factors/fob/face.tsx",
    "lib/factors/registry.ts",
    "components/factors/faces.tsx",
    "lib/factors/fob/fob.test.ts",
  ],
  "docs/add-a-factor.md ## An example of a ceremony": [
    "lib/policy/traits.ts",
    "lib/factors/reader/numbers.ts",
    "lib/factors/reader/code.ts",
    "lib/factors/reader/store.ts",
    "lib/factors/reader/strategy.ts",
    "lib/factors/reader/messages.ts",
    "lib/messages/catalogue.ts",
    "components/factors/reader/face.tsx",
    "lib/factors/registry.ts",
    "components/factors/faces.tsx",
    "lib/factors/reader/reader.test.ts",
  ],
  "docs/add-a-command.md": ["lib/cli/people-factors.ts", "lib/cli/commands.ts"],
  "docs/add-a-setting.md": ["lib/config/schema.ts", "lib/config/read-config.ts"],
  "docs/add-a-notice.md": [
    "lib/audit/events.ts",
    "lib/notices/kinds/language-changed.ts",
    "lib/notices/which-notice.ts",
    "lib/operator/change-language.ts",
    "lib/users/store.ts",
  ],
};

/** All examples in one house beside ours: what they do not touch is found in ours. */
const laid: LaidOut = new Map();
const costs: Record<string, readonly string[]> = {};
let house = "";

beforeAll(() => {
  for (const guide of Object.keys(guides)) costs[guide] = layOut(guide, laid);
  mkdirSync(join(root, ".sallyport"), { recursive: true });
  house = mkdtempSync(join(root, ".sallyport", "examples-"));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

test.each(Object.keys(guides))("the example of %s costs these files and no more", (guide) => {
  expect(costs[guide]).toEqual(guides[guide]);
});

test("a kind costs four files outside its folders, with a ceremony or without", () => {
  const outside = (guide: string) => costs[guide]?.filter((path) => existsSync(join(root, path)));
  for (const guide of Object.keys(guides).filter((each) => each.startsWith("docs/add-a-factor.md")))
    expect(outside(guide), guide).toHaveLength(4);
});

test("the examples of the guides compile, all in one house", () => {
  const all = [...readSources(root, ["app", "components", "lib"]), ...laid];
  const homes = new Map([
    ...homesOf(new Map(all.filter(([path]) => !path.startsWith("lib/testing/")))),
    ...homesOf(laid),
    ...forTests,
  ]);
  for (const [path, text] of laid) write(path, withImports(text, homes));
  write("lib/wrong.ts", "export const wrong: number = 'a word';\n");
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { incremental: false, plugins: [], paths: { "@/*": ["./*", `${root}/*`] } },
    include: [],
    files: [...laid.keys(), "lib/wrong.ts"],
  };
  write("tsconfig.json", JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript/lib/tsc.js");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", house, "--pretty", "false"], { encoding: "utf8" });
  const faults = stdout.trim().split("\n");
  expect(faults).toEqual([expect.stringContaining("wrong.ts(1,14): error TS2322")]); // it has looked, and sees nothing else
}, 120_000);

/** What the test of a kind is made of; readSources leaves tests and their kits out. */
const forTests = new Map([
  ["keepsTheContract", 'import { keepsTheContract } from "@/lib/factors/contract/contract.kit";'],
  ["openHouse", 'import { openHouse } from "@/lib/testing/story";'],
  ["giveFactor", 'import { giveFactor } from "@/lib/testing/move-in";'],
]);

function write(path: string, text: string) {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}
