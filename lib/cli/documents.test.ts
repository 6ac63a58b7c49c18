import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "@/lib/cli/commands";
import { usageOf } from "@/lib/cli/help";
import { readCall } from "@/lib/cli/read-call";
import { documents, fences, readDocument } from "@/lib/testing/papers/fences";
import { readSources } from "@/lib/testing/source-files";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const root = join(import.meta.dirname, "../..");
const scripts = Object.keys(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts);

/** The words of a command as a shell reads them; brackets and ellipses of a usage line go, a comment too. */
function wordsOf(line: string): readonly string[] {
  const call = line.replace(/\s[#>].*$/, "").replace(/[[\]…]/g, "");
  return [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** Null when the command line understands it; of a command that is only mentioned its arguments may be missing. */
function misunderstood(line: string, isWhole: boolean): string | null {
  const call = readCall(wordsOf(line), commands);
  if (call.kind !== "misused" || (!isWhole && / (?:is missing\.|argument missing)$/.test(call.text))) return null;
  return `${line}: ${call.text}`;
}

const called = /npm run (?:--silent )?portal -- ([^`\n]+)/g;
/** The same in a container. */
const calledThere = /(?:\/app\/portal|command_in sallyport(?:-restored)?) ([^`\n"$]+)/g;
const mentioned =
  /`((?:people|apps|letters|send-test|setup-link|rotate-keys|backup|restore|doctor|check|audit|pending|passkeys)(?: [^`\n]*)?)`/g;
const isCommand = (line: string) => !/^(?:…|COMMAND)/.test(line);
const found = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, line = ""]) => line.trim()).filter(isCommand);

describe("the documents", () => {
  test("show only commands that the command line understands, with options that it has", () => {
    const inBlocks = fences().flatMap(({ text }) => [...found(text, called), ...found(text, calledThere)]);
    expect(inBlocks.length).toBeGreaterThan(15);
    expect(inBlocks.flatMap((line) => misunderstood(line, true) ?? [])).toEqual([]);
    const inSentences = documents()
      .map(readDocument)
      .flatMap((text) => [...found(text, called), ...found(text, calledThere), ...found(text, mentioned)]);
    expect(inSentences.length).toBeGreaterThan(50);
    expect(inSentences.flatMap((line) => misunderstood(line, false) ?? [])).toEqual([]);
  });

  test("name only scripts that package.json has", () => {
    const names = documents().flatMap((file) => found(readDocument(file), /npm run ([\w:-]+)/g));
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !name.startsWith("-") && !scripts.includes(name))).toEqual([]);
  });

  test("list every command: `npm run docs:write` writes it anew", async () => {
    const place = join(root, "docs/operate.md");
    const rows = commands.map((command) => [
      `\`${usageOf(command).replace(" [--json]", "").replaceAll("|", "\\|")}\``,
      command.summary,
    ]);
    const table = markdownTable(["command", "what it does"], rows);
    await expect(withPart(readFileSync(place, "utf8"), "commands", table)).toMatchFileSnapshot(place);
  });
});

test("sentences that name a command name one that there is", () => {
  const lines = [...readSources(root, ["lib", "app", "components"]).values()].flatMap((text) =>
    found(text, /npm run portal -- ([^`"\n]+)/g),
  );
  const calls = lines
    .filter((line) => !line.startsWith("${usageOf"))
    .map((line) => line.replace(/\$\{[^}]*\}/g, "mail"));
  expect(calls.length).toBeGreaterThan(8);
  expect(calls.flatMap((line) => misunderstood(line.replace(/[.:。]$/, ""), false) ?? [])).toEqual([]);
});
