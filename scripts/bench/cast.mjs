import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../run-step.mjs";
import { giveUp } from "../say.mjs";

/**
 * Opens the database of a copy's running portal for filling and looking: this process takes the copy's folder, settings and address.
 * `parts`: what else of the copy to bundle. Out: the database's address, the people's maker, its context, and how to load a bundle or close.
 */
export async function openCast(copy, portal, parts = []) {
  const sources = ["lib/testing/bench-people.ts", "lib/db/built-in.ts", ...parts];
  const { code, output } = await run(process.execPath, [join(copy, "scripts/bundle.mjs"), ...sources]);
  if (code !== 0) giveUp(output);
  process.chdir(copy);
  const its = (path) => import(pathToFileURL(join(copy, path)).href);
  (await its("scripts/env-file.mjs")).loadEnvFile();
  process.env.PORT = String(portal.port);
  const load = (name) => its(join(".sallyport", name));
  const { url } = await (await load("built-in.mjs")).findRunningBuiltIn({ dataDir: join(copy, "data") });
  process.env.DATABASE_URL = url;
  const people = await load("bench-people.mjs");
  return { url, people, load, ...people.openBench(url) };
}
