import { describe, expect, test } from "vitest";
import { acceptInvitation, readInvitation } from "@/lib/account/accept-invitation";
import { prove } from "@/lib/account/contacts/contacts.kit";
import { dataFiles, writeData } from "@/lib/account/data/write-data";
import { sha256 } from "@/lib/crypto/digest";
import { days, hours, later, minutes } from "@/lib/kernel/duration";
import { carryAll } from "@/lib/letters/letters.kit";
import { openLetter } from "@/lib/letters/open-letter";
import { writeMail } from "@/lib/letters/write-letter";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { inviteAgain } from "@/lib/operator/invite-person";
import { askForChange } from "@/lib/pending/ask-for-change";
import { askForPassword } from "@/lib/pending/ask-for-password";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { mayDownloadUntil } from "@/lib/pending/may-download";
import { strictly } from "@/lib/pending/pending.kit";
import { openReset } from "@/lib/resets/open-reset";
import { sendingSettings } from "@/lib/testing/letters";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { forget, resetTokens } from "@/lib/testing/resets";
import { settledActor } from "@/lib/testing/settled";
import { eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";

const change = (userId: string) =>
  house.db.pendingChange.findFirst({ where: { userId }, orderBy: { askedAt: "desc" } });

/** The letters leave, the time passes, and what is due is done. */
async function wait(length = hours(24)): Promise<void> {
  await letCount();
  house.clock.move(length);
  await doWhatIsDue();
}

async function letCount(): Promise<void> {
  await carryAll(house.ctx, sortingOffice().ways);
  await beginWaits(house.ctx, strictly);
}

async function doWhatIsDue(): Promise<void> {
  await doDue(house.ctx, strictly);
}

async function someone(wishes: Partial<TestPerson> = {}) {
  const person = await makePerson(house.ctx, wishes);
  const app = await withTotp(house.ctx, person);
  const { actor } = await openSessionFor(house.ctx, person);
  return { person, app, actor };
}

describe("removing the last strong factor", () => {
  test("at once keeps the acting session under another token, and takes codes and other sessions", async () => {
    const { person, app } = await someone();
    await withRecoveryCodes(house.ctx, person);
    await openSessionFor(house.ctx, person);
    const actor = await settledActor(house.ctx, person);
    const asked = await askForChange(house.ctx, actor, "factor.remove", { factorIds: [app.factorId] });
    expect(asked).toMatchObject({ done: true, kept: { sessionToken: expect.stringMatching(/^ses_/) } });
    expect(await house.db.session.findMany({ where: { userId: person.userId } })).toMatchObject([
      { id: actor.sessionId },
    ]);
    expect(await house.db.recoveryCode.count({ where: { userId: person.userId } })).toBe(0);
    expect(await change(person.userId)).toMatchObject({ state: "DONE", kind: "factor.remove" });
  });

  test("where policy demands it is refused when it is asked for", async () => {
    const { actor, app } = await someone({ isAdmin: true });
    const data = { factorIds: [app.factorId] };
    expect(await refused(askForChange(house.ctx, actor, "factor.remove", data))).toBe("factors.last_one");
    expect(await refused(askForChange(house.ctx, actor, "factor.remove", { factorIds: ["none"] }))).toBe(
      "factors.gone",
    );
  });
});

describe("a password without the current one", () => {
  test("waits, and then opens the door in the place of the old one; all sessions end", async () => {
    const { person, actor } = await someone();
    await house.db.user.update({ where: { id: person.userId }, data: { language: "zh" } });
    expect(await askForPassword(house.ctx, { actor, held: ["totp"], next })).toMatchObject({ done: false, hours: 24 });
    expect((await change(person.userId))?.data).not.toContain("argon2");
    expect(await knock(house.stranger(), person)).toBeTruthy();
    await wait();
    expect(await change(person.userId)).toMatchObject({ state: "DONE" });
    expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
    expect(await knock(house.stranger(), { ...person, password: next })).toBeTruthy();
    expect(await house.db.session.count({ where: { userId: person.userId } })).toBe(0);
    expect(await house.db.user.findUnique({ where: { id: person.userId } })).toMatchObject({ language: "zh" });
  });

  test("is refused where the password was changed meanwhile, however that came about", async () => {
    const { person, actor } = await someone();
    await askForPassword(house.ctx, { actor, held: ["totp"], next });
    house.clock.move(minutes(1));
    await house.db.user.update({ where: { id: person.userId }, data: { passwordChangedAt: house.ctx.now } });
    await wait();
    expect(await change(person.userId)).toMatchObject({ state: "REFUSED", why: "pending.password_moved" });
    expect(await knock(house.stranger(), person)).toBeTruthy();
  });

  test("is nothing for an account without a factor, and a weak one is refused at once", async () => {
    const person = await makePerson(house.ctx);
    const { actor } = await openSessionFor(house.ctx, person);
    expect(await refused(askForPassword(house.ctx, { actor, held: [], next }))).toBe("pending.no_factor");
    const ada = await someone();
    const weak = askForPassword(house.ctx, { actor: ada.actor, held: ["totp"], next: "short" });
    expect(await refused(weak)).toBe("password.too_short");
  });
});

describe("a download of data", () => {
  test("that has waited is allowed for a day, in any session of its owner", async () => {
    const { person, actor } = await someone();
    await askForChange(house.ctx, actor, "data.download", {});
    expect(await mayDownloadUntil(house.ctx, actor)).toBeNull();
    await wait();
    const { actor: another } = await openSessionFor(house.ctx, person);
    expect(await mayDownloadUntil(house.ctx, another)).toEqual(later(house.ctx.now, hours(24)));
    house.clock.move(hours(24));
    expect(await mayDownloadUntil(house.ctx, another)).toBeNull();
  });

  test("at once is the asking session's alone", async () => {
    const { person } = await someone();
    const actor = await settledActor(house.ctx, person);
    expect(await askForChange(house.ctx, actor, "data.download", {})).toMatchObject({ done: true });
    expect(await mayDownloadUntil(house.ctx, actor)).not.toBeNull();
    const { actor: thief } = await openSessionFor(house.stranger(), person);
    expect(await mayDownloadUntil(house.ctx, thief)).toBeNull();
    expect(await eventNames(house.ctx, person.userId)).toContain("data.ready");
  });

  test("holds what is kept about the account, its activity too, and nothing that opens a door", async () => {
    const { person, app } = await someone();
    const codes = await withRecoveryCodes(house.ctx, person);
    for (const language of ["en", "zh"] as const) {
      const files = await Promise.all(
        (["account.json", "activity.csv"] as const).map(async (file) => {
          let text = "";
          for await (const piece of writeData(house.ctx, file, { userId: person.userId, language })) text += piece;
          return text;
        }),
      );
      const [json = "", csv = ""] = files;
      const data = JSON.parse(json);
      expect(data).toMatchObject({
        account: { email: person.email },
        secondFactors: [{ kind: "totp", name: "Phone" }],
      });
      expect(data.activity.length).toBe(csv.trimEnd().split("\r\n").length - 1);
      expect(data.activity.length).toBeGreaterThan(0);
      for (const secret of [app.secret, ...codes, "argon2", "ses_", "v1."]) expect(json + csv).not.toContain(secret);
    }
    expect(Object.keys(dataFiles)).toEqual(["account.json", "activity.csv"]);
  });
});

describe("deleting an account", () => {
  test("takes a week, and then nothing of it is left but its events and a farewell to every address", async () => {
    const { person } = await someone();
    const { userId } = person;
    const [number, further, loginNumber] = ["+12025550191", `further-${person.email}`, "+12025550192"];
    await withAddress(house.ctx, person, "sms", number);
    const { actor } = await openSessionFor(house.ctx, person);
    await prove(house.ctx, actor, "further", further);
    await prove(house.ctx, actor, "phone", loginNumber);
    await askForChange(house.ctx, actor, "account.delete", {});
    await wait(days(7));
    expect(await house.db.user.findUnique({ where: { id: userId } })).toBeNull();
    for (const rows of [
      await house.db.session.count({ where: { userId } }),
      await house.db.factor.count({ where: { userId } }),
      await house.db.pendingChange.count({ where: { userId } }),
      await house.db.letter.count({ where: { userId } }),
      await house.db.bucket.count({ where: { key: { endsWith: `:${userId}` } } }),
    ])
      expect(rows).toBe(0);
    expect(await eventNames(house.ctx, userId)).toContain("account.deleted");
    const farewells = await house.db.letter.findMany({ where: { kind: "account.deleted", userId: null } });
    const opened = farewells.flatMap((letter) => openLetter(letter) ?? []);
    expect(opened.map(({ to }) => to).sort()).toEqual([number, loginNumber, person.email, further].sort());
    const mail = opened.find(({ to }) => to === person.email);
    expect(mail && (await writeMail(mail, letterKinds))?.text).toContain("this address belonged to an account");
  });

  test("ends the invitation and the letter about a forgotten password that are open at that moment", async () => {
    const { person, actor } = await someone();
    const { userId, email } = person;
    await askForChange(house.ctx, actor, "account.delete", {});
    await letCount();
    house.clock.move(days(7) - minutes(5));
    const invitation = (await inviteAgain(house.ctx, { userId, by: "cli" }))?.link.split("/").at(-1) ?? "";
    await forget(house, email);
    const [reset = ""] = await resetTokens(house.ctx, userId);
    expect(await readInvitation(house.ctx, invitation)).toMatchObject({ email });
    house.clock.move(minutes(5));
    await doWhatIsDue();
    expect(await house.db.user.findUnique({ where: { id: userId } })).toBeNull();
    const over = "setup.link_over";
    expect(await refused(acceptInvitation(house.ctx, { token: invitation, password: next }))).toBe(over);
    expect(await refused(openReset(house.ctx, { token: reset, deviceToken: null }))).toBe(over);
    expect(await house.db.oneTimeLink.count({ where: { OR: [{ userId }, { hash: sha256(invitation) }] } })).toBe(0);
  });

  test("the last administrator stays, also when two ask at once and are due at once", async () => {
    await house.db.user.updateMany({ data: { isAdmin: false } });
    const grace = await someone({ isAdmin: true });
    expect(await refused(askForChange(house.ctx, grace.actor, "account.delete", {}))).toBe(
      "pending.last_administrator",
    );
    const barbara = await someone({ isAdmin: true });
    for (const { actor } of [grace, barbara]) await askForChange(house.ctx, actor, "account.delete", {});
    house.clock.move(minutes(1));
    await wait(days(7));
    expect(await house.db.user.count({ where: { isAdmin: true } })).toBe(1);
    const stayed = { state: "REFUSED", why: "pending.last_administrator" };
    expect(await house.db.pendingChange.count({ where: stayed })).toBe(1);
  });
});
