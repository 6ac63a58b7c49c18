import { describe, expect, test } from "vitest";
import { commandLine, unknownPerson } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { findLiveSession } from "@/lib/sessions/store";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { mustStillEnrol } from "@/lib/web/guard";

const { house, portal, json, events } = commandLine();
const ada = (isAdmin = false) => makePerson(house().ctx, { email: "ada@example.test", isAdmin });
const stored = async () => (await house().db.user.findUnique({ where: { email: "ada@example.test" } }))?.policy;

describe("people policy without options", () => {
  test("shows what holds for somebody and why, and writes nothing", async () => {
    const { userId } = await ada();
    expect(await json("people policy ada@example.test")).toEqual({
      code: 0,
      document: {
        ok: true,
        userId,
        email: "ada@example.test",
        isAdmin: false,
        own: null,
        isWhole: true,
        factors: {},
        owes: 0,
        demand: { isDemanded: false, from: null, kinds: ["totp"], count: 1, emailCounts: false, strength: "any" },
      },
    });
    const { out } = await portal("people policy ada@example.test");
    expect(out).toMatch(/second factor +offered +SECOND_FACTOR=admins, and they are none\n/);
    expect(out).toMatch(/may bind +totp +as for everybody\n/);
    expect(await events()).toEqual([]);
  });

  test("tells an administrator's own rules and the day of everybody", async () => {
    setSettings({ SECOND_FACTOR_FROM: "2999-03-01", EMAIL_COUNTS: "true" });
    await withTotp(house().ctx, await ada(true));
    const { out } = await portal("people policy ada@example.test");
    setSettings({ SECOND_FACTOR_FROM: "", EMAIL_COUNTS: "false" });
    expect(out).toContain("ada@example.test (administrator)");
    expect(out).toMatch(
      /demanded from 2999-03-01 on +SECOND_FACTOR=admins, and they are one from 2999-03-01 on \(SECOND_FACTOR_FROM\)/,
    );
    expect(out).toMatch(/email counts +no +never for an administrator/);
    expect(out).toMatch(/has +totp\n/);
  });

  test("says when what is stored is damaged, and that it weakens nothing", async () => {
    await ada(true);
    await house().db.user.updateMany({ data: { policy: { demand: "off", count: "many" } } });
    const { document } = await json("people policy ada@example.test");
    expect(document).toMatchObject({ isWhole: false, own: { demand: "off" }, demand: { isDemanded: true }, owes: 1 });
    expect((await portal("people policy ada@example.test")).out).toContain("damaged");
  });
});

describe("people policy with options", () => {
  test("keeps what was not named, is recorded, and holds at the next request of a session that is open", async () => {
    const person = await ada();
    const { token } = await openSessionFor(house().ctx, person);
    const owes = async () => {
      const session = await findLiveSession(house().ctx, sha256(token));
      return session && mustStillEnrol(session, house().ctx.now);
    };
    expect(await owes()).toBe(false);
    await portal("people policy ada@example.test --count 2");
    const { code, document } = await json("people policy ada@example.test --demand on");
    expect({ code, document }).toMatchObject({ code: 0, document: { own: { demand: "on", count: 2 }, owes: 2 } });
    expect(await owes()).toBe(true);
    expect(await events()).toEqual([
      { name: "account.policy_changed", actorId: null, meta: { by: "cli", count: 2 } },
      { name: "account.policy_changed", actorId: null, meta: { by: "cli", count: 2, demand: "on" } },
    ]);
    await portal("people policy ada@example.test --demand off");
    expect(await owes()).toBe(false);
  });

  test("everything at once, and everything taken back", async () => {
    await ada();
    const all = "--demand on --from 2999-03-01 --kinds sms,totp --count 3 --email-counts yes";
    await portal(`people policy ada@example.test ${all}`);
    expect(await stored()).toEqual({
      demand: "on",
      from: "2999-03-01",
      kinds: ["sms", "totp"],
      count: 3,
      emailCounts: true,
    });
    const { out } = await portal("people policy ada@example.test");
    expect(out).toContain("for them apart; without sms: not in SECOND_FACTOR_KINDS");
    expect(out).toContain("asked of them apart from everybody else from 2999-03-01 on (their own day)");
    const none = "--demand default --from none --kinds default --count default --email-counts default";
    expect((await json(`people policy ada@example.test ${none}`)).document).toMatchObject({ own: null });
    expect(await stored()).toBeNull();
  });

  test("how strong a factor must be is stored and shown apart", async () => {
    await ada();
    expect((await json("people policy ada@example.test --strength any")).document).toMatchObject({
      own: { strength: "any" },
    });
    expect((await portal("people policy ada@example.test")).out).toMatch(/strength +any +for them apart\n/);
    await portal("people policy ada@example.test --strength default");
    expect(await stored()).toBeNull();
    expect((await events()).map(({ meta }) => meta)).toEqual([{ by: "cli", strength: "any" }, { by: "cli" }]);
  });

  test("two operators at once: both changes are there", async () => {
    await ada();
    await Promise.all(["--demand on", "--count 2"].map((option) => portal(`people policy ada@example.test ${option}`)));
    expect(await stored()).toEqual({ demand: "on", count: 2 });
  });

  test.each([
    "--demand maybe",
    "--from tomorrow",
    "--from 2030-02-30",
    "--kinds totp,totp",
    "--kinds pigeon",
    "--kinds ,",
    "--count 0",
    "--count 4",
    "--email-counts 1",
    "--strength strong",
    "--strength phishing-resistant",
    "--demand",
  ])("%s is not understood, and changes nothing", async (option) => {
    await ada();
    const { code, err } = await portal(`people policy ada@example.test --count 2 ${option}`);
    expect([code, err]).toEqual([2, expect.stringContaining(option.split(" ")[0] ?? "--")]);
    expect([await stored(), await events()]).toEqual([null, []]);
  });

  test("a stranger is told", async () => {
    for (const option of ["", "--demand on"])
      expect(await json(`people policy nobody@example.test ${option}`)).toEqual({ code: 1, document: unknownPerson });
  });
});
