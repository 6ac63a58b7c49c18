import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shareChunks } from "@/scripts/share-chunks.mjs";

test("of files that are the same but for the name of their map one is kept, and each name leads to the same modules", () => {
  const server = mkdtempSync(join(tmpdir(), "chunks-"));
  const chunks = join(server, "chunks");
  const list = 'module.exports=[1,a=>a.s("one"),2,a=>a.s("two")];\n\n//# sourceMappingURL=';
  const files = {
    "_a._.js": `${list}_a._.js.map`,
    "_b._.js": `${list}_b._.js.map\n`,
    "ssr/_c._.js": `${list}_c._.js.map`,
    "ssr/_other._.js": "module.exports=[3,a=>a.s(3)];\n\n//# sourceMappingURL=_other._.js.map",
    "ssr/[turbopack]_runtime.js": "const one = 1;\nmodule.exports=()=>one;\n//# sourceMappingURL=x.js.map",
  };
  try {
    mkdirSync(join(chunks, "ssr"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(chunks, name), text);
    shareChunks(server);
    const load = createRequire(join(server, "page.js"));
    const [a, b, c] = ["_a._.js", "_b._.js", "ssr/_c._.js"].map((name) => load(join(chunks, name)));
    expect(a).toHaveLength(4);
    expect([b === a, c === a]).toEqual([true, true]);
    expect(readFileSync(join(chunks, "ssr/_c._.js"), "utf8")).toBe('module.exports=require("../_a._.js");\n');
    expect(load(join(chunks, "ssr/_other._.js"))).toHaveLength(2);
    expect(readFileSync(join(chunks, "ssr/[turbopack]_runtime.js"), "utf8")).toBe(files["ssr/[turbopack]_runtime.js"]);
    expect(() => shareChunks(join(server, "none"))).not.toThrow();
  } finally {
    rmSync(server, { recursive: true });
  }
});
