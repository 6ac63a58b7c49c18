import { type ChildProcess, spawn } from "node:child_process";
import { build } from "esbuild";
import { ensure } from "@/lib/kernel/assert";

/** A small program in a process of its own. */
export type OwnProcess = {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  readonly said: { readonly out: string; readonly err: string };
  /** Resolves once it has said these words on either stream; rejects with all it said when it ends without them. */
  heard(words: string): Promise<void>;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
};

/**
 * Runs `program`, TypeScript that may import `@/…`, with plain Node. It is killed with the caller's process at the latest. `through`: a command
 * that is to start Node, whose line is added to it.
 */
export async function runProgram(program: string, through: readonly string[] = []): Promise<OwnProcess> {
  const root = process.cwd();
  const text = await programText(program);
  const [first = process.execPath, ...rest] = [...through, process.execPath, "--input-type=module"];
  const child = spawn(first, rest, { cwd: root, stdio: "pipe" });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill)); // or every program that ever ran would stay on our list
  child.stdin.end(text);
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    said.out += piece;
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    said.err += piece;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, said, ended, heard: (words) => hear(child, said, words) };
}

/** What plain Node runs of `program`, TypeScript that may import `@/…`. */
export async function programText(program: string): Promise<string> {
  const root = process.cwd();
  const { outputFiles } = await build({
    stdin: { contents: program, loader: "ts", resolveDir: root },
    alias: { "@": root },
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
  });
  const [file] = outputFiles;
  ensure(file, "one program is one file");
  return file.text;
}

function hear(child: ChildProcess, said: OwnProcess["said"], words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const listen = () => (said.out.includes(words) || said.err.includes(words)) && resolve();
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("close", () => reject(new Error(`It ended without "${words}":\n${said.out}${said.err}`)));
    listen();
  });
}
