import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { quickGround } from "@/lib/testing/quick-ground";

test("where passing files lie a program runs, as those do that tests lay there", async () => {
  const own = await mkdtemp(join(await quickGround(), "ground-"));
  try {
    await writeFile(join(own, "program"), "#!/bin/sh\necho ran\n", { mode: 0o755 });
    expect((await promisify(execFile)(join(own, "program"))).stdout).toBe("ran\n");
  } finally {
    await rm(own, { recursive: true });
  }
});
