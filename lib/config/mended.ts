import { type Config, type Environment, readConfig } from "@/lib/config/read-config";
import { settingMeanings } from "@/lib/config/schema";
import { systemRandom } from "@/lib/kernel/random";

/** What can be read of a configuration that may have mistakes. */
export type Mended = {
  /** As `configMistakes` says them. */
  readonly mistakes: readonly string[];
  /** The keys that were left out because of a mistake: what `config` says of them is the default, and of a secret a throw-away. */
  readonly unread: ReadonlySet<string>;
  /** The settings that are set, by a value or by a file; their names alone. */
  readonly named: readonly string[];
  /** The rest; null where even that cannot be used. */
  readonly config: Config | null;
};

/** Without these there is no configuration at all. A throw-away opens nothing that is stored; whoever looks at the keys asks `unread` first. */
const needed = {
  PORTAL_KEYS: () => `unread:${systemRandom.bytes(32).toString("base64")}`,
  AUTH_SECRET: () => systemRandom.token(),
} as const;

/** Each round leaves out what the sentences of the one before begin with, later ones whatever they name: a handful is plenty. */
const rounds = 8;

/**
 * Reads `env` like `readConfig`, and where it has mistakes what remains without the keys that have them. For whoever looks at a house that cannot
 * start: nobody is served with it.
 */
export function mend(env: Environment, folder: string): Mended {
  const first = readConfig(env, folder);
  const named = settingMeanings().flatMap(({ name }) =>
    [name, `${name}_FILE`].some((key) => env[key]?.trim()) ? [name] : [],
  );
  if (first.ok) return { mistakes: [], unread: new Set(), named, config: first.config };
  const left: Record<string, string | undefined> = { ...env };
  const unread = new Set<string>();
  let { mistakes } = first;
  for (let round = 0; round < rounds; round += 1) {
    const named = mistakes.map(namesIn).flatMap((names) => (round === 0 ? names.slice(0, 1) : names));
    for (const name of named) leaveOut(left, name, unread);
    const reading = readConfig(left, folder);
    if (reading.ok) return { mistakes: first.mistakes, unread, named, config: reading.config };
    ({ mistakes } = reading);
  }
  return { mistakes: first.mistakes, unread, named, config: null };
}

function leaveOut(left: Record<string, string | undefined>, name: string, unread: Set<string>): void {
  const setting = name.replace(/_FILE$/, "");
  for (const key of [name, setting]) {
    unread.add(key);
    delete left[key];
  }
  delete left[`${setting}_FILE`];
  if (setting === "PORTAL_KEYS" || setting === "AUTH_SECRET") left[setting] = needed[setting]();
}

/** Every sentence begins with its key; one about two keys names the other one too. */
const namesIn = (mistake: string): readonly string[] =>
  mistake.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|^[A-Z]+\b/g) ?? [];
