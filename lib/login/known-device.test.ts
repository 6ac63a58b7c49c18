import { describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { beginAtLogin, confirmAtLogin, readAtLogin } from "@/lib/challenge/enrol-at-login";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { codeAt } from "@/lib/factors/totp/code";
import { days } from "@/lib/kernel/duration";
import type { Actor } from "@/lib/sessions/acting-session";
import { answer } from "@/lib/testing/second-door";
import { counter, eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

const house = openHouse();
const strangersKey = (person: TestPerson) => bucketKey("password.strangers", person.userId);
const wrong = { password: "not the password at all" };

describe("a device on which both doors were passed", () => {
  async function known() {
    const ada = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, ada);
    const { deviceToken } = await openSessionFor(house.ctx, ada);
    return { ada, app, deviceToken };
  }

  test("has its own counter: a stranger's wrong guesses do not keep the owner waiting there", async () => {
    const { ada, deviceToken } = await known();
    for (let time = 0; time < 5; time += 1) await refused(knock(house.stranger(), ada, wrong));
    expect(await refused(knock(house.stranger(), ada))).toBe("throttle.too_many");
    expect((await knock(house.stranger(), ada, { deviceToken })).next).toBe("answer");
  });

  test("skips no door, and without the password is worth nothing", async () => {
    const { ada, deviceToken } = await known();
    expect((await knock(house.stranger(), ada, { deviceToken })).next).toBe("answer");
    expect(await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }))).toBe("login.wrong");
  });

  test("is forgotten when its ten tries are used up, and the next is a stranger's", async () => {
    const { ada, deviceToken } = await known();
    for (let time = 0; time < 11; time += 1) await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }));
    expect(await house.db.device.count({ where: { userId: ada.userId } })).toBe(0);
    expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 1 });
    expect(await eventNames(house.ctx, ada.userId)).toContain("device.forgotten");
  });

  test.each([
    ["of somebody else", async () => (await known()).deviceToken],
    ["forged", async () => `dev_${"A".repeat(43)}`],
    ["cut short", async () => "dev_abc"],
    ["of another kind", async () => `ses_${"A".repeat(43)}`],
    ["empty", async () => ""],
  ])("a token %s puts nobody at the owner's counter", async (_, token) => {
    const { ada } = await known();
    await refused(knock(house.stranger(), ada, { ...wrong, deviceToken: await token() }));
    expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 1 });
  });

  test("is void after its thirty days and after the security stamp rose", async () => {
    const { ada, deviceToken } = await known();
    house.clock.move(days(30));
    await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }));
    expect(await counter(house.ctx, strangersKey(ada))).toMatchObject({ fails: 1 });
    const other = await known();
    await withTotp(house.ctx, other.ada, "Tablet");
    await refused(knock(house.stranger(), other.ada, { ...wrong, deviceToken: other.deviceToken }));
    expect(await counter(house.ctx, strangersKey(other.ada))).toMatchObject({ fails: 1 });
  });

  test("a login that never passed the second door makes no device", async () => {
    const { ada, app } = await known();
    const before = await house.db.device.count({ where: { userId: ada.userId } });
    const { pass } = await knock(house.stranger(), ada);
    await answer(house.ctx, pass, "totp", app.codeAt(house.clock.now()));
    expect(await house.db.device.count({ where: { userId: ada.userId } })).toBe(before);
  });
});

describe("a device on which the password was the only door", () => {
  async function knownByPassword() {
    const ada = await makePerson(house.ctx);
    const { deviceToken, actor } = await openSessionFor(house.ctx, ada);
    return { ada, deviceToken, actor };
  }

  test("is known too, and has its own counter", async () => {
    const { ada, deviceToken } = await knownByPassword();
    for (let time = 0; time < 5; time += 1) await refused(knock(house.stranger(), ada, wrong));
    expect(await refused(knock(house.stranger(), ada))).toBe("throttle.too_many");
    expect((await knock(house.stranger(), ada, { deviceToken })).next).toBe("claim");
  });

  test("skips nothing once a factor is bound, and is void then, but for the one on which it was bound", async () => {
    const { ada, deviceToken, actor } = await knownByPassword();
    const elsewhere = (await openSessionFor(house.ctx, ada)).deviceToken;
    await bindInSession(ada, actor);
    const { next, pass } = await knock(house.stranger(), ada, { deviceToken });
    expect(next).toBe("answer");
    expect((await house.db.challenge.findUniqueOrThrow({ where: { id: pass.challengeId } })).deviceId).toBe(
      actor.deviceId,
    );
    const other = await knock(house.stranger(), ada, { deviceToken: elsewhere });
    expect((await house.db.challenge.findUniqueOrThrow({ where: { id: other.pass.challengeId } })).deviceId).toBeNull();
  });

  test("stays known when policy demands a factor and it is bound there on the way in", async () => {
    const { ada, deviceToken } = await knownByPassword();
    await house.db.user.update({ where: { id: ada.userId }, data: { policy: { demand: "on" } } });
    const { next, pass } = await knock(house.stranger(), ada, { deviceToken });
    expect(next).toBe("enrol");
    const begun = await beginAtLogin(house.ctx, { pass, kind: "totp", given: {} });
    const now = begun.pass ?? pass;
    const secret = (await readAtLogin(house.ctx, { pass: now, kind: "totp" }))?.pending.shown.secret ?? "";
    const answer = { code: codeAt(secret, house.clock.now()) };
    await confirmAtLogin(house.ctx, { pass: now, kind: "totp", answer, label: "", defaultLabel: "App" });
    expect(await claimLogin(house.ctx, now)).toMatchObject({ deviceToken: null });
    const again = await knock(house.stranger(), ada, { deviceToken });
    expect(
      (await house.db.challenge.findUniqueOrThrow({ where: { id: again.pass.challengeId } })).deviceId,
    ).not.toBeNull();
  });

  test("of an account with a factor, a recovery code makes none known", async () => {
    const ada = await makePerson(house.ctx);
    await withTotp(house.ctx, ada);
    const codes = await withRecoveryCodes(house.ctx, ada);
    const { pass } = await knock(house.stranger(), ada);
    await answer(house.ctx, pass, "recovery", codes[0] ?? "");
    expect(await claimLogin(house.ctx, pass)).toMatchObject({ deviceToken: null });
    expect(await house.db.device.count({ where: { userId: ada.userId } })).toBe(0);
  });
});

/** Binds an app in the live session of `actor`, as the pages do. */
async function bindInSession(person: TestPerson, actor: Actor): Promise<void> {
  const binder = binderOf(actor);
  await beginEnrolment(house.ctx, { binder, kind: "totp", replacesId: null, given: {} });
  const secret = (await findPendingView(house.ctx, binder, "totp"))?.shown.secret ?? "";
  const typed = { code: codeAt(secret, house.clock.now()) };
  await confirmEnrolment(house.ctx, { actor, kind: "totp", answer: typed, label: person.email, defaultLabel: "App" });
}
