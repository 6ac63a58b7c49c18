import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run-step.mjs";
import { forgetFailures } from "./second-tries.mjs";
import { shareChunks } from "./share-chunks.mjs";
import { whyNotDone } from "./step-fault.mjs";
import { silenceUnasked } from "./unasked.mjs";

/**
 * Folders of the standalone build and what of them a running portal never opens. The tracer copies whatever a text names: Twilio's other products (a
 * client makes each when it is asked for), Next's own server, behind which nobody would judge where a form comes from, React's development renderers, Next's builder, its second runtime (edge), its trial
 * one and what is compiled into the first already, a table of fonts.
 */
const neverOpened = [
  [".", /^(?:\.env.*|app|components|docs|e2e|scripts|lib|biome\.json|package-lock\.json|server\.js|tsconfig\.json)$/],
  ["node_modules/twilio/lib/rest", /^(?:accounts|(?!oauth)[b-z]\w*|(?!Api|Twilio|Oauth)\w+\.js)$/],
  ["node_modules/react-dom/cjs", /\.development\.js$/],
  ["node_modules/next/dist/compiled/react-is/cjs", /\.development\.js$/],
  ["node_modules/react/cjs", /\.development\.js$/],
  ["node_modules/next/dist/server", /^(?:capsize-font-metrics\.json|typescript)$/],
  ["node_modules/next/dist/server/app-render", /^app-render\.js$/],
  ["node_modules/next/dist/server/use-cache", /^use-cache-wrapper\.js$/],
  ["node_modules/next/dist/client/components", /^segment-cache$/],
  [
    "node_modules/next/dist/server/dev",
    /^(?:hot-reloader-(?:turbopack|webpack)|turbopack-utils|on-demand-entry-handler)\.js$/,
  ],
  ["node_modules/next/dist/compiled", /^(?:edge-runtime|conf|tar|@mswjs|watchpack)$/],
  ["node_modules/next/dist/compiled/@edge-runtime/primitives", /^load\.js$/],
  ["node_modules/next/dist/compiled/next-server", /-experimental\.runtime\.prod\.js$/],
];

/**
 * Makes of the build in `built` (`.next`) one folder that is all a portal runs from. The files for browsers lie where Next looks for none, as their
 * addresses are, with their compressed forms: the serving entry answers them. What nobody opens goes: sources that the bundler has looked at,
 * a copy of `.env`, helpers of development (ASVS 15.2.3), lists of what was copied, maps. Out: null, or the sentence why it cannot be done.
 */
export async function layOut(built) {
  const standalone = join(built, "standalone");
  if (!existsSync(join(standalone, "server.js")))
    return "The build made no standalone server. Is next.config.js intact?";
  const files = join(standalone, "files");
  rmSync(files, { recursive: true, force: true });
  cpSync(join(built, "..", "public"), files, { recursive: true });
  cpSync(join(built, "static"), join(files, "_next", "static"), { recursive: true });
  askForCompiling(join(files, "_next", "static"));
  const end = await run(process.execPath, ["scripts/compress.mjs", files]);
  if (end.code !== 0) return `${end.output}\n\n${whyNotDone(end, "The files for browsers could not be compressed.")}`;
  for (const [folder, name] of neverOpened) clear(join(standalone, folder), name);
  clear(join(standalone, ".next", "server"), /\.(?:nft\.json|map)$/, { recursive: true });
  shareChunks(join(standalone, ".next", "server"));
  return forgetFailures(join(standalone, ".next", "server")) ?? silenceUnasked(join(standalone, "node_modules"));
}

/**
 * V8's explicit compile hint. A browser looks at each function of a script twice: quickly while it arrives, and again when it is called. Ours are
 * the runtime that draws the page, nearly all of it called at once: with this line everything is compiled the first time, beside the page's thread.
 */
export const compileHint = "//# allFunctionsCalledOnLoad\n";

function askForCompiling(folder) {
  for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"))) {
    const file = join(folder, path);
    writeFileSync(file, compileHint + readFileSync(file, "utf8"));
  }
}

function clear(folder, name, how = {}) {
  if (!existsSync(folder)) return;
  for (const path of readdirSync(folder, how))
    if (name.test(path)) rmSync(join(folder, path), { recursive: true, force: true });
}
