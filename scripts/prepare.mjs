import { basename, dirname, join } from "node:path";
import { forgetCompiled } from "./compiled.mjs";
import { buildKey } from "./env-file.mjs";
import { fingerprint, forget, isFresh, note, settle, wholeOf } from "./fingerprint.mjs";
import { keepFilesOf, leaveOutKnown } from "./kept-files.mjs";
import { layOut } from "./lay-out.mjs";
import { ensureInstalled } from "./packages.mjs";
import { nodeProgram, root, run } from "./run-step.mjs";
import { giveUp, say } from "./say.mjs";
import { whyNotDone } from "./step-fault.mjs";
import { stillAt } from "./still-at.mjs";

/** Generates the database client when the schema has changed. */
export async function ensureGenerated() {
  const mark = fingerprint(["prisma/schema.prisma", "package-lock.json"]);
  const stamp = "lib/db/generated/.stamp";
  if (isFresh(stamp, mark)) return;
  say("Generating the database client (a few seconds)…");
  forget(stamp);
  // Generating needs no engine, but the command insists on a file to call one: any will do, and nothing is downloaded.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const end = await nodeProgram("prisma/build/index.js", ["generate"], { env });
  if (end.code !== 0) giveUp(because(end, "The database client could not be generated from prisma/schema.prisma."));
  await note(stamp, mark, [dirname(stamp)]);
}

/** What every tool needs before it begins, in a fresh clone too: this folder, the packages and the database client. */
export async function ensureTools() {
  process.chdir(root);
  await ensureInstalled();
  await ensureGenerated();
}

/** Makes `.sallyport/<name>.mjs` out of TypeScript entry points where sources or packages have changed. */
export async function ensureBundled(entryPoints) {
  const mark = fingerprint([
    "lib",
    "prisma",
    "scripts/bundle.mjs",
    "scripts/built-in-needs.mjs",
    "scripts/closest.mjs",
    "scripts/database-url.mjs",
    "scripts/file-text.mjs",
    "scripts/ordinary-file.mjs",
    "scripts/stop-signals.mjs",
    "scripts/one-owner.mjs",
    "scripts/port-sentence.mjs",
    "scripts/socket-folder.mjs",
    "package-lock.json",
  ]);
  const stale = entryPoints.filter((path) => !isFresh(bundleOf(path, "stamp"), mark));
  if (stale.length === 0) return;
  for (const path of stale) forget(bundleOf(path, "stamp"));
  // In a process of its own: the compiler's memory must not stay with the portal.
  const end = await run(process.execPath, ["scripts/bundle.mjs", ...stale]);
  if (end.code !== 0) giveUp(because(end, "The sources could not be bundled. Correct the error above and try again."));
  for (const path of stale)
    await note(bundleOf(path, "stamp"), mark, [bundleOf(path, "mjs"), bundleOf(path, "mjs.map")]);
}

const bundleOf = (path, ending) => `.sallyport/${basename(path, ".ts")}.${ending}`;

/** Without tsconfig.json: the build itself writes into it. */
const sources = [
  ...["app", "components", "lib", "prisma/schema.prisma", "public"],
  ...["instrumentation.ts", "next.config.js", "postcss.config.mjs", "package-lock.json"],
  ...["scripts/database-url.mjs", "scripts/file-text.mjs", "scripts/ordinary-file.mjs", "scripts/compress.mjs"],
  ...["scripts/lay-out.mjs", "scripts/second-tries.mjs", "scripts/share-chunks.mjs", "scripts/unasked.mjs"],
];

/** The state of everything that the pages are built from. */
const buildMark = () => fingerprint(sources, `${process.version}\0${buildKey()}`);
const buildStamp = ".next/source.stamp";

/** The files of the last build beside those of this one (lib/serve/serve.ts reads both). Not in `.next`: each build clears that. */
export const keptFiles = ".sallyport/files-before";

/** True when the pages on disk were built from other sources, packages or settings, or are not whole. */
export const needsBuild = () => !isFresh(buildStamp, buildMark());

/**
 * Builds the pages when sources, packages or build-time settings have changed, or not all of the last build is there, and lays everything into one
 * folder. `first`: what is done before, if there is anything to build.
 */
export async function ensureBuilt(first = async () => undefined) {
  const mark = buildMark();
  if (isFresh(buildStamp, mark)) return;
  await first();
  say("Building the pages (about a minute)…");
  const [built, kept] = [join(root, ".next"), join(root, keptFiles)];
  if (wholeOf(buildStamp) !== null) {
    keepFilesOf(built, kept);
    await settle(dirname(keptFiles)); // before the build that they come from goes
  }
  forget(buildStamp);
  forgetCompiled();
  const key = buildKey();
  const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  if (key !== "") env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = key;
  const end = await stillAt("building the pages", () => nodeProgram("next/dist/bin/next", ["build"], { env }));
  if (end.code !== 0) giveUp(because(end, "The pages could not be built. Correct the error above and try again."));
  const fault = await layOut(built);
  if (fault !== null) giveUp(fault);
  leaveOutKnown(kept, join(built, "standalone", "files"));
  await note(buildStamp, mark, [".next/standalone"]);
}

/** What a step printed, then why it failed. */
const because = (end, otherwise) => `${end.output}\n\n${whyNotDone(end, otherwise)}`;

/** The state of everything that a running portal came from: another one now means that older code runs. */
export const houseMark = () => fingerprint([...sources, "prisma", "scripts"]);
