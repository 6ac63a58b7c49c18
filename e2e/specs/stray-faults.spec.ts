import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@/e2e/support/fixtures";
import { alertsIn, ask, filled, formIn, post } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";

/** Two faults that nobody awaits or catches, each at a signal, in the process of the real portal. */
const faults = `data:text/javascript,${encodeURIComponent(`
  process.on("SIGUSR2", () => void Promise.reject(new Error("code 123" + "456")));
  process.on("SIGURG", () => { throw new Error("code 123" + "456"); });
`)}`;

test("a forgotten rejection costs a line of the log, an uncaught fault ends the portal in order, and neither is quoted", async () => {
  await withOwnPortal({ settings: { NODE_OPTIONS: `--import=${faults}` } }, async (portal) => {
    expect((await ask(portal.url, "/login")).status).toBe(200); // Next brings its own listeners with the first page
    portal.signal("SIGUSR2");
    await expect.poll(portal.output).toContain('"event":"process.unhandled_rejection"');
    expect((await ask(portal.url, "/login")).status).toBe(200);
    expect(portal.hasEnded()).toBe(false);
    portal.signal("SIGURG");
    await expect.poll(portal.hasEnded).toBe(true);
    await expect.poll(portal.output).toContain('"event":"process.uncaught_exception"');
    expect(portal.output()).not.toContain("123456");
  });
});

/** While the file `FULL` is there, the process of the real portal can read no further file of its build, as when a machine has no file handle free. */
const fullMachine = `data:text/javascript,${encodeURIComponent(`
  import { existsSync } from "node:fs";
  import Module from "node:module";
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = function (module, file) {
    if (file.includes("/server/chunks/") && existsSync(process.env.FULL)) throw Object.assign(new Error("too many open files"), { code: "EMFILE" });
    return load.call(this, module, file);
  };
`)}`;

test("a part of the portal that cannot be loaded in one moment is loaded in the next, without a start", async () => {
  const full = join(tmpdir(), `full-${randomUUID()}`);
  await withOwnPortal(
    { settings: { FULL: full, NODE_OPTIONS: `--import=${fullMachine}` } },
    async ({ url, output }) => {
      const login = await ask(url, "/login");
      const form = filled(formIn(login.body, 'name="identifier"'), { identifier: "ada", password: "nine calm otters" });
      const knock = async () => alertsIn((await post(url, "/login", form)).body);
      await writeFile(full, "");
      expect(await knock()).not.toContain("That name or password is not right.");
      await expect.poll(output).toContain('"event":"request.failed"');
      await rm(full);
      expect(await knock()).toContain("That name or password is not right.");
    },
  );
});
