import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The line at the end that names a map, which is not delivered; the map is called after its file, so that without it copies are the same. */
const mapLine = /\s*\/\/# sourceMappingURL=\S+\s*$/;
/** A list of modules: nothing in it runs, or knows where it lies, before a page asks for a module by its number. */
const isList = (text) => text.startsWith("module.exports=[");

/**
 * Turbopack writes what several pages share into a file for each of them, the same but for its name. Here the first of them stays, and the others say
 * where it is: Node reads and keeps it once. In: the folder of the server's build. The names, by which pages ask, stay.
 */
export function shareChunks(server) {
  const folder = join(server, "chunks");
  if (!existsSync(folder)) return;
  const firsts = new Map();
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
  for (const file of names.sort().map((name) => join(folder, name))) {
    const text = readFileSync(file, "utf8").replace(mapLine, "\n");
    if (!isList(text)) continue;
    const digest = createHash("sha256").update(text).digest("hex");
    const first = firsts.get(digest);
    firsts.set(digest, first ?? file);
    writeFileSync(
      file,
      first === undefined ? text : `module.exports=require(${JSON.stringify(pathTo(first, file))});\n`,
    );
  }
}

function pathTo(target, from) {
  const path = relative(dirname(from), target).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}
