import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

const { outputFiles } = buildSync({
  bundle: true,
  entryPoints: [join(import.meta.dirname, "log.ts")],
  format: "esm",
  platform: "node",
  write: false,
});
const source = outputFiles[0]?.text ?? "";

function run(program: string): string[] {
  const args = ["--input-type=module", "-e", `${source}\n${program}`];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stdout.trim().split("\n");
}

/** The event of a line, or the sentence itself. */
const named = (line: string): unknown => (line.startsWith("{") ? JSON.parse(line).event : line);

test("every line has one head: when, how grave, what", () => {
  const [line = "", earlier = ""] = run(
    'logLine("warning", "a.happened", { why: "b" }); logLine("event", "c.done", { at: new Date(0), meta: { kind: "totp" } });',
  );
  expect(line).toMatch(/^\{"at":"\d{4}-\d\d-\d\dT[\d:.]{12}Z","level":"warning","event":"a.happened","why":"b"\}$/);
  expect(earlier).toBe('{"at":"1970-01-01T00:00:00.000Z","level":"event","event":"c.done","meta":{"kind":"totp"}}');
});

test("what is less grave than asked for is not written; an alarm and a proof always are", () => {
  const lines = run(
    'setLogLevel("warning"); for (const level of ["info", "event", "warning", "error", "alarm"]) logLine(level, level); setLogLevel("error"); for (const level of ["warning", "alarm", "proof"]) logLine(level, level); setLogLevel("event"); for (const level of ["info", "event"]) logLine(level, level);',
  );
  expect(lines.map(named)).toEqual(["warning", "error", "alarm", "alarm", "proof", "event"]);
});

test("what is logged while the start speaks comes after its sentences, in order", () => {
  const lines = run(
    'const release = holdLines(); logLine("info", "a"); console.log("Ready."); logLine("info", "b"); release(); logLine("info", "c");',
  );
  expect(lines.map(named)).toEqual(["Ready.", "a", "b", "c"]);
});

test("a start that ends before it is ready loses no line", () => {
  const lines = run('holdLines(); logLine("info", "a"); console.log("No."); process.exit(1);');
  expect(lines.map(named)).toEqual(["No.", "a"]);
});
