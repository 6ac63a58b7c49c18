import { describe, expect, test } from "vitest";
import type { WithPlace } from "@/lib/cli/bare-place";
import { commandLine } from "@/lib/cli/command-line.kit";
import { commands } from "@/lib/cli/commands";
import { flagMeant } from "@/lib/cli/did-you-mean";
import { readCall } from "@/lib/cli/read-call";
import { runPortal, type WithDatabase, type WithHouse } from "@/lib/cli/run-portal";
import { systemClock } from "@/lib/kernel/clock";
import { later, milliseconds } from "@/lib/kernel/duration";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json } = commandLine();
const withPlace: WithPlace = (_, work) => work(house().url);
const withHouse: WithHouse = () => Promise.reject(new Error("Nobody asks for a house as it is found."));

/** A word with one slip of a finger at each place. */
const slips = (word: string) =>
  [...word]
    .flatMap((_, at) => [
      word.slice(0, at) + word.slice(at + 1),
      `${word.slice(0, at)}x${word.slice(at)}`,
      word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2),
    ])
    .filter((slip) => slip !== word && slip.trim() !== "" && !slip.startsWith("-"));

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
    expect(err).toMatch(/\n(?:Usage|All commands): npm run portal -- .*\n$/);
    expect(err.trimEnd().split("\n")).toHaveLength(2);
    expect(await json(line)).toMatchObject({ code: 2, document: { ok: false, error: { id: "usage" } } });
    expect(await house().db.user.count()).toBe(0);
  });

  test.each([
    ["people lsit", ' Did you mean "people list"?'],
    ["poeple list", ' Did you mean "people list"?'],
    ["People List", ' Did you mean "people list"?'],
    ["peoplelist", ' Did you mean "people list"?'],
    ["people-list", ' Did you mean "people list"?'],
    ["people reset-factor ada@example.test", ' Did you mean "people reset-factors"?'],
    ["setup-lnk", ' Did you mean "setup-link"?'],
    ["rotate_keys", ' Did you mean "rotate-keys"?'],
    ["lettres", ' Did you mean "letters"?'],
    ["letters rety all", ' Did you mean "letters retry"?'],
    ["help people lsit", ' Did you mean "people list"?'],
    ["list", ' Did you mean "people list", "pending list", "apps list"?'],
    ["setup", ' Did you mean "setup-link"?'],
    ["apps", ' Did you mean "apps add", "apps list", "apps change", "apps remove"?'],
    ["quux", ""],
    ["people list --jason", " Did you mean --json?"],
    ["people add a@example.test --usrname ada", " Did you mean --username?"],
    ["people add a@example.test --amdin", " Did you mean --admin?"],
    ["people add a@example.test -u", ""],
    ["people policy a@example.test --kind totp", " Did you mean --kinds?"],
    ["people list --verbose", ""],
  ])("%j is answered in two lines, with what was likely meant", async (line, question) => {
    const { code, out, err } = await portal(line);
    const [sentence = "", usage, ...more] = err.trimEnd().split("\n");
    expect({ code, out, more }).toEqual({ code: 2, out: "", more: [] });
    expect(sentence).toMatch(/^(?:There is no command ".*"|".*" has no option --\S+|".*" is one word too many)\./);
    expect(sentence.replace(/^.*?"\.|^.*? --\S+\.|^.*? many\./, "")).toBe(question);
    expect(usage).toMatch(/^(?:All commands|Usage): npm run portal -- /);
  });

  test("every command and every option is found again with two letters exchanged, one missing or one too many", async () => {
    for (const command of commands) {
      for (const flag of [...Object.keys(command.flags), "json"]) {
        for (const wrong of slips(flag).filter((slip) => !(slip in command.flags)))
          expect(flagMeant(wrong, command), `${command.name} --${wrong}`).toContain("Did you mean --");
      }
      for (const wrong of slips(command.name)) {
        const call = readCall(wrong.split(" "), commands);
        if (call.kind === "misused") expect(call.text, wrong).toMatch(/Did you mean|is missing|too many/);
      }
    }
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
      redraw: null,
      bytes: () => process.stdout,
      lost: async () => null,
    };
    const lines: string[] = [];
    const withDatabase = async () => {
      throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    };
    expect(await runPortal(["people", "list"], { commands, terminal, withDatabase, withPlace, withHouse })).toBe(1);
    expect(lines).toEqual([
      "The database cannot be reached or has no connection free. Nothing more was changed. Try again in a moment.",
    ]);
  });
});

describe("a clock that is not the database's", () => {
  /** Runs a command on a machine whose clock is so many milliseconds ahead. */
  async function portalAhead(ahead: number, line: string) {
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = {
      out: (text: string) => void out.push(text),
      err: (text: string) => void err.push(text),
      ask: async () => null,
      isAttended: false,
      redraw: null,
      bytes: () => process.stdout,
      lost: async () => null,
    };
    const clock = { now: () => later(systemClock.now(), milliseconds(ahead)) };
    const withDatabase: WithDatabase = (_, work) => work(house().db, house().url);
    const code = await runPortal(line.split(" "), { commands, terminal, withDatabase, withPlace, withHouse, clock });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  test.each([
    [31_000, /^The clock of this machine is 31 seconds ahead of the database's, so nothing can be decided here\./],
    [-90_000, /^The clock of this machine is 90 seconds behind the database's, so nothing can be decided here\./],
  ])("by %i ms: what decides is refused in a sentence, what only looks is not", async (ahead, sentence) => {
    const refused = await portalAhead(ahead, "people add ada@example.test");
    expect(refused).toMatchObject({ code: 1, out: "", err: expect.stringMatching(sentence) });
    expect(await house().db.user.count()).toBe(0);
    expect(await house().db.securityEvent.count()).toBe(0);
    for (const line of ["people list", "apps list", "letters"])
      expect(await portalAhead(ahead, line), line).toMatchObject({ code: 0, err: "" });
  });

  test("by three seconds commands do their work", async () => {
    expect(await portalAhead(3_000, "people add ada@example.test")).toMatchObject({ code: 0, err: "" });
  });
});
