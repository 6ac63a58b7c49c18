import { describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { runPortal } from "@/lib/cli/run-portal";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json } = commandLine();

describe("help", () => {
  test("lists every command on stdout, explains each, and knows its own exit codes", async () => {
    const all = await portal("help");
    expect(all).toMatchObject({ code: 0, err: "" });
    for (const name of [
      "people add",
      "people list",
      "people invite",
      "people unlock",
      "people reset-factors",
      "setup-link",
      "rotate-keys",
      "send-test",
    ]) {
      expect(all.out).toContain(`  ${name}`);
      for (const call of [`help ${name}`, `${name} --help`, `${name} -h`]) {
        const one = await portal(call);
        expect(one).toMatchObject({ code: 0, err: "" });
        expect(one.out).toContain(`Usage: npm run portal -- ${name}`);
      }
    }
    expect((await json("help")).document).toMatchObject({
      ok: true,
      usage: expect.arrayContaining(["setup-link [--json]"]),
    });
  });

  test.each([
    ["", "Say what to do."],
    ["people", 'There is no command "people".'],
    ["people remove ada@example.test", "There is no command"],
    ["help nonsense", "There is no command"],
    ["people add", "EMAIL is missing."],
    ["people add a@example.test b@example.test", '"b@example.test" is one word too many.'],
    ["people list --verbose", "--verbose"],
    ["people add a@example.test --admin=yes", "--admin"],
    ["people add a@example.test --username", "--username"],
  ])("%j is wrong usage: said on stderr, exit code 2", async (line, sentence) => {
    const { code, out, err } = await portal(line);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).toContain("Usage: npm run portal --");
    expect(await json(line)).toMatchObject({ code: 2, document: { ok: false, error: { id: "usage" } } });
    expect(await house().db.user.count()).toBe(0);
  });

  test("a configuration with mistakes is told before anything is touched", async () => {
    setSettings({ PORTAL_KEYS: "" });
    const ran = await portal("people list");
    setSettings();
    expect(ran).toMatchObject({ code: 1, out: "", err: expect.stringContaining("PORTAL_KEYS") });
  });

  test("a database that does not answer is a sentence, not a stack", async () => {
    const terminal = {
      out: () => undefined,
      err: (text: string) => void lines.push(text),
      ask: async () => null,
      isAttended: false,
    };
    const lines: string[] = [];
    const withDatabase = async () => {
      throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    };
    expect(await runPortal(["people", "list"], { terminal, withDatabase })).toBe(1);
    expect(lines).toEqual([
      "The database cannot be reached or has no connection free. Nothing more was changed. Try again in a moment.",
    ]);
  });
});
