import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const examples = join(process.cwd(), "docs/examples");
const units = readdirSync(examples).filter((name) => /\.(?:service|timer)$/.test(name));
const judge = "/usr/bin/systemd-analyze";

test("docs/operate.md prints the unit that lies in the examples", () => {
  const page = readFileSync(join(process.cwd(), "docs/operate.md"), "utf8");
  expect(page).toContain(`\`\`\`ini\n${readFileSync(join(examples, "sallyport.service"), "utf8")}\`\`\``);
});

/** The unit as it would stand on this machine: its programs, account and folder are those of the example's, which are not here. */
const asHere = (text: string) =>
  text
    .replace("/usr/bin/node", process.execPath)
    .replace("User=sallyport", "User=daemon")
    .replace("/srv/sallyport", process.cwd());

test.skipIf(!existsSync(judge)).each(units)("systemd reads %s without a complaint", (unit) => {
  const folder = mkdtempSync(join(tmpdir(), "units-"));
  try {
    for (const name of units) writeFileSync(join(folder, name), asHere(readFileSync(join(examples, name), "utf8")));
    const { stderr, status } = spawnSync(judge, ["verify", join(folder, unit)], { encoding: "utf8" });
    const ours = stderr.split("\n").filter((line) => line.includes(folder));
    expect({ ours, status }).toEqual({ ours: [], status: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
