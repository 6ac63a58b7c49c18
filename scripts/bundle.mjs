import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What plain Node runs: entry point in the source → name of the bundle in `.sallyport/`. */
export const bundled = [
  "lib/serve/serve.ts",
  "lib/serve/settings-check.ts",
  "lib/cli/portal.ts",
  "lib/db/built-in.ts",
  "lib/db/migrate.ts",
  "lib/serve/instance-lock.ts",
  "lib/testing/test-database.ts",
  "prisma/draft-migration.ts",
  "prisma/seed.ts",
];

/**
 * Turns TypeScript entry points into one file each that plain Node can import; packages stay outside.
 * Takes paths relative to the repository, writes `.sallyport/<name>.mjs` with a source map, and throws on a compile error.
 */
export async function bundle(entryPoints) {
  const esbuild = await import("esbuild");
  mkdirSync(join(root, ".sallyport"), { recursive: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: entryPoints.map((file) => ({ in: file, out: basename(file, ".ts") })),
    outdir: ".sallyport",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    alias: { "@": root },
    sourcemap: true,
    logLevel: "error",
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const asked = process.argv.slice(2);
  await bundle(asked.length > 0 ? asked : bundled);
}
