import { AsyncLocalStorage } from "node:async_hooks";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { storagesIn } from "@/lib/serve/one-context";

type Kind = Pick<AsyncLocalStorage<unknown>, "run" | "exit" | "getStore" | "enterWith" | "disable">;
type Kinds = { new (): Kind; bind: typeof AsyncLocalStorage.bind; snapshot: typeof AsyncLocalStorage.snapshot };

/** Two storages by way of everything that carries a context; out: what each held at each place. */
async function journey(Storage: Kinds): Promise<readonly string[]> {
  const [first, second] = [new Storage(), new Storage()];
  const seen: string[] = [];
  const look = (where: string) => seen.push(`${where}: ${first.getStore()}, ${second.getStore()}`);
  look("outside");
  const [bound, snapshot] = await first.run("a", async () => {
    look("in the first");
    await second.run("b", async () => {
      look("in both");
      await null;
      look("after a promise");
      await new Promise((resolve) => setTimeout(resolve, 1));
      look("after a timer");
      process.nextTick(() => look("in a tick"));
      queueMicrotask(() => look("in a microtask"));
      await new Promise((resolve) => setImmediate(resolve));
      look("after a turn");
      await Promise.all([first.run("c", async () => look("a branch")), first.run("d", async () => look("another"))]);
      look("after the branches");
      first.exit(() => look("out of the first"));
      expect(() => second.run("e", () => expect.fail("on purpose"))).toThrow("on purpose");
      look("after a throw");
      first.run("a", (given: string) => look(`the same again, ${given}`), "with what was given");
    });
    look("back in the first");
    return [Storage.bind(() => look("bound")), Storage.snapshot()] as const;
  });
  look("outside again");
  second.run("f", () => bound());
  second.run("g", () => snapshot(() => look("in a snapshot")));
  await first.run("h", async () => {
    second.enterWith("i");
    await null;
    look("entered");
    second.disable();
    look("disabled");
  });
  return seen;
}

test("storages that share one context hold what Node's hold, at every place that carries one", async () => {
  const shared = await journey(storagesIn(new AsyncLocalStorage()));
  expect(shared).toEqual(await journey(AsyncLocalStorage));
  expect(shared).toContain("after a timer: a, b");
  expect(shared).toContain("out of the first: undefined, b");
});

/** How many things a promise carries along in a Node of its own, where the framework's storages and five others are all in use. */
function carried(prepare: string): { readonly symbols: number; readonly framework: string } {
  const { code } = transformSync(readFileSync("lib/serve/one-context.ts", "utf8"), { loader: "ts" });
  const program = `${code}
    import { createRequire } from "node:module";
    ${prepare}
    const load = createRequire(process.cwd() + "/");
    load("next/dist/server/node-environment-baseline");
    const { workAsyncStorage } = load("next/dist/server/app-render/work-async-storage.external");
    const { AsyncLocalStorage: OfModule } = load("async_hooks");
    const five = Array.from({ length: 5 }, () => new OfModule());
    const within = (rest, work) => (rest.length === 0 ? work() : rest[0].run({}, () => within(rest.slice(1), work)));
    const promise = within([workAsyncStorage, ...five], () => Promise.resolve());
    const symbols = Object.getOwnPropertySymbols(promise).filter((one) => one.description === "kResourceStore").length;
    process.stdout.write(JSON.stringify({ symbols, framework: workAsyncStorage.constructor.name }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test.skipIf(Number.parseInt(process.versions.node, 10) >= 24)(
  "a promise carries one thing along for all storages, the framework's among them",
  () => {
    expect(carried("")).toEqual({ symbols: 6, framework: "AsyncLocalStorage" });
    expect(carried("shareOneContext();")).toEqual({ symbols: 1, framework: "SharedStorage" });
  },
);

test("a Node that keeps frames by itself is left alone", () => {
  const { code } = transformSync(readFileSync("lib/serve/one-context.ts", "utf8"), { loader: "ts" });
  const program = `${code} shareOneContext("24.1.0"); process.stdout.write(String("AsyncLocalStorage" in globalThis));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(stdout).toBe("false");
});
