import { afterEach, describe, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { containAccount } from "@/lib/account/contain-account";
import { readAlarm } from "@/lib/account/read-alarm";
import { commandLine, tokenOf, unknownPerson } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { type AlarmKind, newAlarmLink } from "@/lib/links/alarm-link";
import { findLiveSession } from "@/lib/sessions/store";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { knock, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { withAddress } from "@/lib/testing/with-address";

const { house, now, portal, json, events } = commandLine();
const emails = async () => (await house().db.user.findMany({ orderBy: { email: "asc" } })).map(({ email }) => email);
const off = Object.fromEntries(Object.keys(sendingSettings).map((name) => [name, ""]));

afterEach(() => setSettings(off));

describe("people email", () => {
  test("changes the name that somebody logs in with, in its one form, and nothing else that they know or have", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    const { token } = await openSessionFor(house().ctx, ada);
    expect(await json("people email ADA@example.test Lovelace@Example.test --yes")).toEqual({
      code: 0,
      document: {
        ok: true,
        userId: ada.userId,
        was: "ada@example.test",
        email: "lovelace@example.test",
        sessions: 1,
        keepsFactor: false,
        needsLink: false,
      },
    });
    expect(await emails()).toEqual(["lovelace@example.test"]);
    expect(await findLiveSession(house().ctx, sha256(token))).toBeNull();
    expect(await refused(knock(now(), ada))).toBe("login.wrong");
    expect((await knock(now(), ada, { identifier: "lovelace@example.test" })).next).toBe("answer");
    expect(await events()).toEqual([
      { name: "account.email_changed", actorId: null, meta: { by: "cli", sessions: 1 } },
    ]);
  });

  test("tells the old address, the new one and every other, with the new one half hidden", async () => {
    setSettings(sendingSettings);
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withAddress(house().ctx, ada.userId, "email", "ada@elsewhere.test");
    await withAddress(house().ctx, ada.userId, "sms", "+447700900123");
    const { out } = await portal("people email ada@example.test lovelace@example.test --yes");
    expect(out).toContain(
      "0 sessions ended.\nAn email address that they have bound as a second factor stays as it is.",
    );
    const letters = await lettersOf(house().ctx, ada.userId);
    expect(letters.map(({ kind, channel, to }) => `${kind} ${channel} ${to}`).sort()).toEqual([
      "email.changed mail ada@elsewhere.test",
      "email.changed mail ada@example.test",
      "email.changed mail lovelace@example.test",
      "email.changed sms +447700900123",
    ]);
    for (const { facts } of letters)
      expect(facts).toMatchObject({ email: "l•••@example.test", agent: "npm run portal" });
    expect(await house().db.factor.count({ where: { userId: ada.userId, kind: "email", state: "ACTIVE" } })).toBe(1);
  });

  test("a link of an alarm that lies in the old mailbox is over: whoever reads that mailbox cannot close the account", async () => {
    const [ada, grace] = [
      await makePerson(house().ctx, { email: "ada@example.test" }),
      await makePerson(house().ctx, { email: "grace@example.test" }),
    ];
    const alarmOf = async (userId: string, kind: AlarmKind) =>
      (await newAlarmLink(house().ctx, { kind, userId, challengeId: null })).split("/").at(-1) ?? "";
    const sent = [await alarmOf(ada.userId, "device.new"), await alarmOf(ada.userId, "second_step.wrong")];
    const other = await alarmOf(grace.userId, "device.new");
    await portal("people email ada@example.test lovelace@example.test --yes");
    for (const token of sent) {
      expect(await readAlarm(now(), token)).toEqual({ state: "over" });
      expect(await refused(containAccount(now(), { token }))).toBe("alarm.over");
    }
    expect(await readAlarm(now(), other)).toMatchObject({ state: "open" });
    expect(await readAlarm(now(), await alarmOf(ada.userId, "device.new"))).toMatchObject({ state: "open" });
  });

  test("somebody who was invited under a wrong address needs a new link, and is told so", async () => {
    const { document } = await json("people add greace@example.test");
    const { out } = await portal("people email greace@example.test grace@example.test --yes");
    expect(out).toContain("the link they had is void: npm run portal -- people invite grace@example.test");
    const password = "seven quiet herons at dawn";
    expect(await refused(acceptInvitation(now(), { token: tokenOf(document.link), password }))).toBe("setup.link_over");
    const again = await json("people invite grace@example.test");
    expect((await acceptInvitation(now(), { token: tokenOf(again.document.link), password })).next).toBe("claim");
  });

  test.each([
    ["an address of somebody else", "people email ada@example.test GRACE@example.test --yes", "account.email_taken"],
    ["the same address", "people email ada@example.test Ada@Example.test --yes", "account.email_same"],
    ["a user name", "people email ada@example.test grace --yes", "setup.bad_email"],
    ["a phone number", "people email ada@example.test +12025550123 --yes", "setup.bad_email"],
    ["two addresses", "people email ada@example.test a@b.test,c@d.test --yes", "setup.bad_email"],
  ])("%s is refused with a sentence and changes nothing", async (_, line, id) => {
    setSettings(sendingSettings);
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await portal("people add grace@example.test --username grace");
    const { token } = await openSessionFor(house().ctx, ada);
    const before = await events();
    expect(await json(line)).toMatchObject({ code: 1, document: { error: { id } } });
    expect(await portal(line)).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/\.\n$/) });
    expect([await emails(), await events()]).toEqual([["ada@example.test", "grace@example.test"], before]);
    expect(await findLiveSession(house().ctx, sha256(token))).not.toBeNull();
    expect(await lettersOf(house().ctx, ada.userId)).toEqual([]);
  });

  test.each([
    [undefined, 2, /ends all their sessions\. Add --yes/],
    ["lovelacce@example.test", 1, /Nothing was changed: the new email was not typed again\./],
    [null, 1, /Nothing was changed/],
  ])("without --yes and with the answer %j nothing happens", async (answer, code, sentence) => {
    await makePerson(house().ctx, { email: "ada@example.test" });
    expect(await portal("people email ada@example.test lovelace@example.test", answer)).toMatchObject({
      code,
      out: "",
      err: expect.stringMatching(sentence),
    });
    expect([await emails(), await events()]).toEqual([["ada@example.test"], []]);
  });

  test("the new email typed again confirms it, in whatever spelling", async () => {
    await makePerson(house().ctx, { email: "ada@example.test" });
    const { code, asked } = await portal(
      "people email ada@example.test lovelace@example.test",
      "Lovelace@Example.test",
    );
    expect([code, asked]).toEqual([0, [expect.stringContaining("This makes lovelace@example.test the email that")]]);
    expect(await emails()).toEqual(["lovelace@example.test"]);
  });

  test("two people at once: the address is one person's", async () => {
    for (const name of ["ada", "grace"]) await makePerson(house().ctx, { email: `${name}@example.test` });
    const runs = await Promise.all(
      ["ada", "grace"].map((name) => portal(`people email ${name}@example.test new@example.test --yes`)),
    );
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect((await emails()).filter((email) => email === "new@example.test")).toHaveLength(1);
  });

  test("the same change ten times at once is one change and one letter to each", async () => {
    setSettings(sendingSettings);
    const ada = await makePerson(house().ctx, { email: "ada@example.test", username: "ada" });
    const runs = await Promise.all(Array.from({ length: 10 }, () => portal("people email ada new@example.test --yes")));
    expect(runs.filter(({ code }) => code === 0)).toHaveLength(1);
    expect(await lettersOf(house().ctx, ada.userId)).toHaveLength(2);
    expect(await events()).toHaveLength(1);
  });

  test("a stranger is told", async () => {
    expect(await json("people email nobody@example.test a@example.test")).toEqual({ code: 1, document: unknownPerson });
  });
});
