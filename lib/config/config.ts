import { type Mended, mend } from "@/lib/config/mended";
import { type Config, type Environment, readConfig } from "@/lib/config/read-config";

declare global {
  /**
   * One configuration per process. The serving entry and the built pages are two bundles, each with its own copy of
   * this module: only a global lets the entry hand a new database address to the pages.
   */
  var sallyportConfig: Config | undefined;
}

/**
 * The configuration, parsed at the first call, frozen, kept. Lazy, because `next build` imports every module without
 * an environment. Throws an Error that lists every mistake (never a value) when the environment is not usable.
 */
export function config(): Config {
  globalThis.sallyportConfig ??= parsed();
  return globalThis.sallyportConfig;
}

/** Every mistake in an environment as a sentence; empty when it is usable. Relative paths start at the working folder. */
export function configMistakes(env: Environment = process.env): readonly string[] {
  const reading = readConfig(env, process.cwd());
  return reading.ok ? [] : reading.mistakes;
}

/**
 * What can be read of this process's configuration although it may have mistakes. From then on it is the configuration of the process: for a command that only
 * looks. Relative paths start at the working folder.
 */
export function adoptMended(): Mended {
  const mended = mend(process.env, process.cwd());
  if (mended.config !== null) globalThis.sallyportConfig = mended.config;
  return mended;
}

/** Tells the whole process where the built-in database listens, once it has started (or started again). */
export function adoptDatabaseUrl(url: string): void {
  process.env.DATABASE_URL = url;
  globalThis.sallyportConfig = undefined;
}

/** Tells the whole process under which address the portal answers that was found running: links are for that one. */
export function adoptAppUrl(url: string): void {
  process.env.APP_URL = url;
  globalThis.sallyportConfig = undefined;
}

function parsed(): Config {
  const reading = readConfig(process.env, process.cwd());
  if (reading.ok) return reading.config;
  throw new Error(`The configuration is not usable:\n${reading.mistakes.map((line) => `- ${line}`).join("\n")}`);
}
