import { expect, test } from "vitest";
import { commands } from "@/lib/cli/commands";
import { nightCommands } from "@/lib/cli/night-commands";
import { portalProgram } from "@/scripts/portal-program.mjs";

test("the smaller program is started for its commands and for no other", () => {
  const small = commands.filter(({ name }) => portalProgram(name.split(" ")) === "portal-night");
  expect(small.map(({ name }) => name)).toEqual(nightCommands.map(({ name }) => name));
  expect(portalProgram(["--json", "backup", "verify"])).toBe("portal-night");
  expect(portalProgram(["--by", "restore", "people", "list"])).toBe("portal");
});
