import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { developmentIn } from "@/lib/testing/built-house";

const root = join(import.meta.dirname, "../..");

test("nothing that only developers have is in the build, and its addresses are nobody's", async ({ house }) => {
  for (const folder of [".next/server", ".next/static", ".next/standalone/.next"])
    expect(developmentIn(join(root, folder)), folder).toEqual([]);
  for (const name of ["app", "e2e", "scripts", "lib/testing"])
    expect(existsSync(join(root, ".next/standalone", name)), name).toBe(false);
  for (const path of ["/dev/mailbox", "/dev/mailbox/x", "/dev/mailbox/x/html"])
    expect((await ask(house.url, path)).status, path).toBe(404);
});
