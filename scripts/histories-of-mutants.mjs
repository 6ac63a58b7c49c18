import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mutants } from "../lib/testing/mutants/mutants.mjs";
import { bundle } from "./bundle.mjs";
import { copyHouse, withFault } from "./faulty-copy.mjs";
import { root, run } from "./run-step.mjs";
import { say } from "./say.mjs";

const taken = ["app", "components", "lib", "prisma", "scripts", "package.json", "package-lock.json", "tsconfig.json"];

/**
 * Builds each known fault into a copy of the house and plays so many steps of histories there. Nothing is demanded: a fault of the command line
 * or of the pages cannot show in a history of use-cases. What is found, and by how many steps, is printed. `from`: the first of those named, counted from one; all take hours, and
 * a run that was stopped goes on there.
 */
export async function tryMutants({ words, from, steps, seed }) {
  const chosen = mutants.filter(({ name }) => name.includes(words)).slice(from - 1);
  await bundle(["lib/testing/test-database.ts"]);
  const { startTestServer } = await import(join(root, ".sallyport", "test-database.mjs"));
  const server = await startTestServer(root);
  const { copy, drop } = copyHouse(root, taken);
  const counted = { found: 0, elsewhere: 0 };
  try {
    const whole = await bundled(copy);
    for (const mutant of chosen) {
      const verdict = await withFault(copy, mutant, () => play(copy, { whole, steps, seed }));
      if (verdict.startsWith("found")) counted.found += 1;
      if (verdict === elsewhere) counted.elsewhere += 1;
      say(`${verdict.startsWith("found") ? "ok " : "-- "} ${mutant.name}: ${verdict}`);
    }
    const { length: all } = chosen;
    say(`\n${all} faults, ${counted.elsewhere} of them in files that no history reaches.`);
    say(
      `Of the other ${all - counted.elsewhere} histories find ${counted.found} by themselves, in ${steps} steps each with seed ${seed}.`,
    );
  } finally {
    drop();
    await server.stop();
  }
}

const elsewhere = "in no file that histories reach";

/** What would be played: the house's own code in one text. */
async function bundled(copy) {
  const entries = ["lib/testing/histories/run-histories.ts", "lib/testing/histories/house.ts"];
  const { code, output } = await run(process.execPath, [join(copy, "scripts", "bundle.mjs"), ...entries]);
  return code === 0 ? readFileSync(join(copy, ".sallyport", "house.mjs"), "utf8") : output;
}

/** What a starved machine says, and no fault of the house. */
const starved = "timeout exceeded when trying to connect";

async function play(copy, { whole, steps, seed }) {
  if ((await bundled(copy)) === whole) return elsewhere;
  const asked = ["--ready", "--first", "--steps", steps, "--seed", seed, "--beside", "6"];
  const once = () => run(process.execPath, [join(copy, "scripts", "histories.mjs"), ...asked]);
  const first = await once();
  const { code, output } = first.output.includes(starved) ? await once() : first;
  if (output.includes(starved)) return "the machine was too busy to say";
  if (code === 0) return "not found";
  const [, difference = ""] = output.match(/^ {2}(\.?[\w.]+: rules .*)$/m) ?? [];
  const [, played = "?"] = output.match(/: (\d+) steps in/) ?? [];
  if (difference !== "") return `found after ${played} steps (${difference.slice(0, 120)})`;
  return output.includes("A history disagrees") ? `found after ${played} steps (a fault)` : "it does not run";
}
