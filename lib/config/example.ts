import { settingMeanings } from "@/lib/config/schema";

/** Between these two lines of `docs/operate.md` stands the table that `withSettingsTable` writes. */
const tableBegins = "<!-- settings: written by npm run config:docs -->";
const tableEnds = "<!-- end of settings -->";

/** The text of `.env.example`: every key with its meaning, each line switched off. */
export function envExample(): string {
  const entries = settingMeanings().map(({ name, sample, shown, secret, meaning }) => {
    const file = secret ? `\n# Or from a file: ${name}_FILE=/run/secrets/${name.toLowerCase()}` : "";
    return `# ${meaning}\n# Default: ${shown}.${file}\n#${name}=${sample}\n`;
  });
  return `${heading}\n${entries.join("\n")}`;
}

/** `document` with the table of settings between its two markers written anew. Throws when a marker is missing. */
export function withSettingsTable(document: string): string {
  const [before, rest] = document.split(tableBegins);
  const after = rest?.split(tableEnds)[1];
  if (before === undefined || after === undefined)
    throw new Error("docs/operate.md has lost the markers of its table.");
  return `${before}${tableBegins}\n${settingsTable()}\n${tableEnds}${after}`;
}

/** The text of `scripts/setting-names.mjs`: what plain scripts know of the schema. */
export function settingNamesModule(): string {
  const names = settingMeanings().flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
  const rows = names.map((name) => `  "${name}",\n`).join("");
  return `/** Every key of the portal, files of secrets too. Written by \`npm run config:docs\`. */\nexport const settingNames = [\n${rows}];\n`;
}

function settingsTable(): string {
  const rows = settingMeanings().map(
    ({ name, shown, secret, meaning }) => `| \`${name}\`${secret ? " (secret)" : ""} | ${shown} | ${meaning} |`,
  );
  return ["| key | default | what it means |", "|---|---|---|", ...rows].join("\n");
}

const heading = `# Every key of the portal. Copy a line to .env and remove its first character, or set it in the real
# environment, which wins over .env. Written by \`npm run config:docs\`.
`;
