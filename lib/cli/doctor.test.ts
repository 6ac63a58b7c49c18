import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import * as z from "zod";
import { commands } from "@/lib/cli/commands";
import { runPortal } from "@/lib/cli/run-portal";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import { readDocument } from "@/lib/testing/papers/fences";
import { testSettings } from "@/lib/testing/test-settings";
import { withoutForeign } from "@/scripts/foreign-settings.mjs";

const house = soundHouse();

/** Runs a command in the house as it is found. */
async function portal(line: string, wrong?: Parameters<typeof house.as>[0]) {
  const [out, err]: [string[], string[]] = [[], []];
  const nobody = () => Promise.reject(new Error("No command of these looks for a place."));
  const code = await runPortal(line.split(" "), {
    commands,
    terminal: {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      ask: async () => null,
      isAttended: false,
      redraw: null,
      bytes: () => new PassThrough().resume(),
      lost: async () => null,
    },
    withDatabase: (_, work) => work(house.ctx().db, house.url()),
    withPlace: nobody,
    withHouse: async (work) => work(await house.as(wrong)),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

test("of a sound house it says that nothing is wrong, and ends with 0", async () => {
  expect(await portal("doctor")).toEqual({
    code: 0,
    out: "Nothing is wrong, as far as can be seen from here.",
    err: "",
  });
  const { code, out } = await portal("doctor --json");
  expect([code, JSON.parse(out)]).toEqual([0, { ok: true, findings: [], faults: 0, warnings: 0, hints: 0 }]);
});

test("a warning ends with 0, a fault with 1, the worst first, each with what to do", async () => {
  house.set({ DEV_TOOLS: "true" });
  const warned = await portal("doctor");
  expect(warned).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringMatching(/^WARNING settings\.dev_tools\n {2}.+\n {2}→ Set/),
  });
  const wrong = { machine: { freeBytes: async (folder: string) => (folder === house.backups() ? 2 ** 40 : 0) } };
  const ran = await portal("doctor", wrong);
  expect(ran).toMatchObject({
    code: 1,
    err: "1 fault, 1 warning, 0 hints.",
    out: expect.stringMatching(/^FAULT machine\.disk/),
  });
  expect(JSON.parse((await portal("doctor --json", wrong)).out)).toMatchObject({
    ok: false,
    error: { id: "doctor.faults" },
    findings: [{ id: "machine.disk", level: "fault" }, { id: "settings.dev_tools" }],
  });
});

test("the page for such a night calls commands that do what it says, each in a sound house", async () => {
  const lines = [...readDocument("docs/nights/doctor.md").matchAll(/npm run (?:--silent )?portal -- (.+)/g)];
  const calls = lines.map(([, line = ""]) => line.trim());
  expect(calls).toEqual(["doctor", "check", "audit verify", "doctor --json", "doctor --share"]);
  for (const line of calls) expect(await portal(line), line).toMatchObject({ code: 0, err: "" });
});

const answer = z.object({ findings: z.array(z.object({ id: z.string(), what: z.string() })) });

/** The command as an operator calls it, with these settings beside those that every house has. */
async function real(settings: Readonly<Record<string, string>>) {
  const env = {
    ...withoutForeign(process.env),
    NODE_ENV: "test" as const,
    ...testSettings,
    BACKUP_DIR: house.backups(),
    ...settings,
  };
  const child = spawn(process.execPath, ["scripts/portal.mjs", "doctor", "--json"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, ids: answer.parse(JSON.parse(said)).findings.map(({ id }) => id) };
}

test("the real command tells of a house that cannot start, where every other command only refuses", async () => {
  const file = join(house.backups(), "no-folder");
  await writeFile(file, "");
  const { code, ids } = await real({
    PORT: "threethousand",
    DATA_DIR: file,
    DATABASE_URL: "postgresql://ada:words@127.0.0.1:2/house",
    BACKUP_DIR: join(house.backups(), "none"),
  });
  expect(code).toBe(1);
  expect(ids).toEqual(
    expect.arrayContaining(["ground.refused", "settings.mistake", "database.unreachable", "backup.folder"]),
  );
}, 30_000);

test("the real command opens a database that is there, and looks at what is stored", async () => {
  await house.ctx().db.user.updateMany({ data: { isAdmin: false } });
  await house.ctx().db.firstRun.create({ data: { id: 1, endedAt: house.ctx().now } });
  await house.ctx().db.portal.deleteMany();
  const { code, ids } = await real({ DATABASE_URL: house.url() });
  expect(code).toBe(1);
  expect(ids).toEqual(expect.arrayContaining(["portals.none", "people.no_administrator"]));
  expect(ids.filter((id) => /^(?:doctor|keys|migrations|clock|backup)\./.test(id))).toEqual([]);
}, 30_000);
