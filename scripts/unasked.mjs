import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What Next's server loads at each start and a built portal never asks anything, as paths below its `dist`: its own compressor (the serving entry compresses), the shape of
 * a configuration (the build has read ours), the reader of one in TypeScript with what words its faults, the reader of a command line, the sender of files (the serving entry sends
 * them). A thirteenth of a start's CPU, and 4 MiB. Judged for Next 16.4: whoever raises it looks again.
 */
const unasked = [
  "compiled/compression/index.js",
  "compiled/commander/index.js",
  "server/config-schema.js",
  "build/next-config-ts/transpile-config.js",
  "shared/lib/zod.js",
  "server/serve-static.js",
];

/** Whoever asks all the same is told so, by a name that can be searched. A name that the language itself looks up is no question. */
const silence = `"use strict";
const asked = (name) => { throw new Error("A portal's build is without this module of Next: scripts/unasked.mjs. Asked for: " + String(name)); };
module.exports = new Proxy({}, { get: (_, name) => name === "__esModule" ? true : typeof name === "symbol" || name === "then" ? undefined : asked(name), has: () => true });
`;

/** The package for traces, which a library of ours brings along, is in Next already: one of them is enough. */
const traces = 'module.exports = require("next/dist/compiled/@opentelemetry/api");\n';

/** Takes them out of the folder of packages that is deployed. Out: null, or the sentence why it cannot be done. */
export function silenceUnasked(packages) {
  const next = join(packages, "next", "dist");
  const gone = unasked.find((path) => !existsSync(join(next, path)));
  if (gone !== undefined) return `This version of Next has no ${gone}: scripts/unasked.mjs must follow.`;
  for (const path of unasked) replace(join(next, path), silence);
  const own = join(packages, "@opentelemetry", "api", "dist", "index.cjs");
  if (existsSync(own)) replace(own, traces);
  return null;
}

/** A new file: the old one may be a link to the packages that everything else uses. */
function replace(file, text) {
  rmSync(file);
  writeFileSync(file, text);
}
