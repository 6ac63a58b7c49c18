import { parseArgs } from "node:util";
import "./check-node.mjs";

const { layOutImage } = await import("./image/lay-out-image.mjs");
const { keepFilesIn } = await import("./kept-files.mjs");
const { ensureBuilt, ensureTools, keptFiles } = await import("./prepare.mjs");
const { told } = await import("./refusal.mjs");
const { giveUp } = await import("./say.mjs");

/**
 * `node scripts/build.mjs --out FOLDER [--previous FOLDER]`: everything that a start would prepare, once, while an image is built; then `FOLDER/app`, which is all
 * that a portal runs from, and `FOLDER/database`, the programs of the built-in PostgreSQL. `--previous`: the files for browsers of the release before, laid out as
 * their addresses are; its pages are still open somewhere and ask for them here.
 */
const { values } = parseArgs({ options: { out: { type: "string" }, previous: { type: "string" } } });
if (values.out === undefined) giveUp("Say where to: node scripts/build.mjs --out FOLDER");

await told(async () => {
  await ensureTools();
  if (values.previous !== undefined) keepFilesIn(values.previous, keptFiles);
  await ensureBuilt();
  await layOutImage(values.out);
});
