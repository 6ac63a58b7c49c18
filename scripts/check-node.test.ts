import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deafSignals } from "./stop-signals.mjs";

const folder = join(process.cwd(), "scripts");
const entries = readdirSync(folder).filter(
  (name) =>
    name.endsWith(".mjs") && /^(?:await |import\(|const .* = await )/m.test(readFileSync(join(folder, name), "utf8")),
);

/** Runs a script under a Node that says it is `version`; nothing of the script may be reached. */
function runUnder(version: string, script: string) {
  const preload = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
  return spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(preload)}`, script], {
    cwd: folder,
    encoding: "utf8",
  });
}

test.each(["12.22.9", "18.20.8", "20.12.2", "20.18.3", "21.7.3", "22.11.0", "23.11.0"])(
  "Node %s is refused in one sentence, before anything else is looked at",
  (version) => {
    const { status, stdout, stderr } = runUnder(version, "start.mjs");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trim()).toBe(
      `Sallyport needs Node 20.19, 22.12, 24 or newer; this is ${version}. Install a newer one (https://nodejs.org) and try again.`,
    );
  },
);

test.each(["20.19.0", "22.12.0", "24.0.0", "25.2.1", "26.0.0"])("Node %s is taken", (version) => {
  expect(runUnder(version, "check-node.mjs").status).toBe(0);
});

test("there are commands to look at", () => {
  expect(entries).toEqual(expect.arrayContaining(["start.mjs", "portal.mjs", "dev.mjs", "test.mjs", "draft.mjs"]));
});

test.each(entries)("%s links nothing of the house before the check", (name) => {
  const imported = [...readFileSync(join(folder, name), "utf8").matchAll(/^import [^(]*?"([^"]+)";$/gm)].map(
    ([, path]) => path,
  );
  expect(imported.filter((path) => !path?.startsWith("node:"))).toEqual(["./check-node.mjs"]);
});

test("package.json asks for the same", () => {
  const { engines } = JSON.parse(readFileSync(join(process.cwd(), "package.json"), "utf8"));
  expect(engines.node).toBe("^20.19.0 || ^22.12.0 || >=24.0.0");
});

test("a command is deaf from its first line on to what would open Node's inspector, or end it", async () => {
  const wait = `const { url } = await import("node:inspector"); console.log("here");
    process.on("SIGWINCH", () => { console.log(url() ?? "shut"); process.exit(7); }); setTimeout(() => {}, 20_000);`;
  const child = spawn(process.execPath, ["--import", "./check-node.mjs", "--input-type=module", "-e", wait], {
    cwd: folder,
  });
  let said = "";
  const hear = (piece: Buffer) => {
    if (said === "") for (const name of ["SIGUSR1", "SIGUSR2"] as const) child.kill(name);
    if (said === "") setTimeout(() => child.kill("SIGWINCH"), 100);
    said += piece;
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect([said, code]).toEqual(["here\nshut\n", 7]);
});

test("the deaf signals are the same ones everywhere", () => {
  expect(readFileSync(join(folder, "check-node.mjs"), "utf8")).toContain(
    `of ${JSON.stringify(deafSignals).replace(",", ", ")}`,
  );
});
