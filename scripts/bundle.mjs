import { mkdirSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What plain Node runs: entry point in the source → name of the bundle in `.sallyport/`. */
export const bundled = [
  "lib/serve/serve.ts",
  "lib/serve/settings-check.ts",
  "lib/cli/portal.ts",
  "lib/cli/portal-night.ts",
  "lib/db/built-in.ts",
  "lib/db/migrate.ts",
  "lib/serve/instance-lock.ts",
  "lib/testing/test-database.ts",
  "prisma/draft-migration.ts",
  "prisma/seed.ts",
];

/**
 * What every start reads has its packages in the file too, only what is used of them: Node looks for no hundred files, and compiles less. Outside
 * stay native code, what brings WebAssembly, what is loaded with the first letter, and what pg asks for in vain.
 */
const whole = new Set(["lib/serve/serve.ts", "lib/serve/settings-check.ts"]);
const outside = [
  ...["@prisma/client/runtime/query*", "@node-rs/argon2", "next", "pg-native", "pg-cloudflare"],
  ...["nodemailer", "resend", "twilio"],
];
/** What was written for `require` asks for Node's own modules by it. */
const banner =
  'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);';

/**
 * Turns TypeScript entry points into one file each that plain Node can import.
 * Takes paths relative to the repository, writes `.sallyport/<name>.mjs` with a source map, and throws on a compile error. `folder`: another place;
 * `isWhole`: which of them have their packages in the file.
 */
export async function bundle(
  entryPoints,
  { folder = ".sallyport", isWhole = (file) => whole.has(file), sourcemap = true } = {},
) {
  const esbuild = await import("esbuild");
  mkdirSync(resolve(root, folder), { recursive: true });
  const settings = {
    absWorkingDir: root,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    alias: { "@": root },
    sourcemap,
    logLevel: "error",
  };
  const entries = (files) => files.map((file) => ({ in: file, out: basename(file, ".ts") }));
  const wholes = entryPoints.filter((file) => isWhole(file));
  const others = entryPoints.filter((file) => !isWhole(file));
  await esbuild.build({ ...settings, entryPoints: entries(wholes), external: outside, banner: { js: banner } });
  await esbuild.build({ ...settings, entryPoints: entries(others), packages: "external" });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const asked = process.argv.slice(2);
  await bundle(asked.length > 0 ? asked : bundled);
}
