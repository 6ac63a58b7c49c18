import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drillSteps } from "@/scripts/roll/drill-steps.mjs";

const examples = join(process.cwd(), "docs/examples");
const units = readdirSync(examples).filter((name) => /\.(?:service|timer)$/.test(name));
const judge = "/usr/bin/systemd-analyze";

test("docs/operate.md prints the unit that lies in the examples", () => {
  const page = readFileSync(join(process.cwd(), "docs/operate.md"), "utf8");
  expect(page).toContain(`\`\`\`ini\n${readFileSync(join(examples, "sallyport.service"), "utf8")}\`\`\``);
});

test.skipIf(!existsSync("/usr/sbin/useradd") || process.getuid?.() !== 0)(
  "the account of docs/operate.md is made as the page says, without a shell",
  () => {
    const page = readFileSync(join(process.cwd(), "docs/operate.md"), "utf8");
    const words = /^useradd (.*)$/m.exec(page)?.[1]?.split(" ") ?? [];
    const place = mkdtempSync(join(tmpdir(), "account-"));
    try {
      mkdirSync(join(place, "etc"));
      for (const name of ["passwd", "shadow", "group", "gshadow"]) writeFileSync(join(place, "etc", name), "");
      const { status, stderr } = spawnSync("/usr/sbin/useradd", ["--prefix", place, ...words], { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const made = readFileSync(join(place, "etc/passwd"), "utf8");
      expect(made).toMatch(/^sallyport:x:\d+:\d+:[^\n]*:\/nonexistent:\/usr\/sbin\/nologin\n$/);
    } finally {
      rmSync(place, { recursive: true });
    }
  },
);

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

test("the steps of a change of keys can be read from docs/operate.md: everybody knows the new one before anybody writes with it, and the old one goes last", () => {
  const lists = drillSteps().flatMap(({ does }) =>
    does.flatMap(({ setting, value }) => (value ? `${setting}=${value}` : [])),
  );
  expect(lists).toEqual([
    ...["k1:<old>,k2:<new>", "k2:<new>,k1:<old>", "k2:<new>"].map((list) => `PORTAL_KEYS=${list}`),
    ...["<old>,<new>", "<new>,<old>", "<new>"].map((list) => `AUTH_SECRET=${list}`),
  ]);
});
