import { spawnSync } from "node:child_process";
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";

test("a machine that leaves optional and development packages out still gets them: the platform's programs are among them", async () => {
  const checkout = await mkdtemp(join(tmpdir(), "packages-"));
  try {
    await cp(join(process.cwd(), "scripts"), join(checkout, "scripts"), { recursive: true });
    await writeFile(join(checkout, "package-lock.json"), "{}");
    await writeFile(join(checkout, "npm"), '#!/bin/sh\necho "$@" > asked\nmkdir -p node_modules\n');
    await chmod(join(checkout, "npm"), 0o755);
    const source = `import { ensureInstalled } from "./scripts/packages.mjs"; await ensureInstalled();`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
      cwd: checkout,
      env: {
        PATH: `${checkout}${delimiter}${process.env.PATH}`,
        NODE_ENV: "production",
        npm_config_omit: "optional",
      },
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const asked = (await readFile(join(checkout, "asked"), "utf8")).trim().split(" ");
    expect(asked).toEqual(expect.arrayContaining(["ci", "--include=dev", "--include=optional"]));
  } finally {
    await rm(checkout, { recursive: true });
  }
});
