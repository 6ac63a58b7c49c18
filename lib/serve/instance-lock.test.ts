import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCommand, takeInstanceLock, takePortalLock } from "@/lib/serve/instance-lock";

const folder = () => mkdtempSync(join(tmpdir(), "sallyport-lock-"));

test("a portal waits for a command that is about to let go", async () => {
  const data = folder();
  const command = await takeInstanceLock(data, aCommand);
  const said: string[] = [];
  const portal = takePortalLock(data, "http://localhost:1", (line) => {
    said.push(line);
    if (command.kind === "ours") command.release();
  });
  expect((await portal).kind).toBe("ours");
  expect(said).toEqual(["A command is working on the database here; waiting for it…"]);
});
