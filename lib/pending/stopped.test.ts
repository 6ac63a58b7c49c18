import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { containAccount } from "@/lib/account/contain-account";
import { minutes } from "@/lib/kernel/duration";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { logOut } from "@/lib/login/log-out";
import { askToRemove, lastChange, type Someone, someone } from "@/lib/pending/pending.kit";
import { findOwnWaiting, listOwnWaiting, readVeto } from "@/lib/pending/read-changes";
import { vetoByLink, vetoInSession } from "@/lib/pending/veto-change";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { disownSession } from "@/lib/sessions/disown-session";
import { endAllOthers, endSessionOf } from "@/lib/sessions/end-by-owner";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { begunReset } from "@/lib/testing/resets";
import { answer } from "@/lib/testing/second-door";
import { openHouse, refused } from "@/lib/testing/story";
import { openSessionFor, type TestPerson, withRecoveryCodes } from "@/lib/testing/test-context";

const house = openHouse(sendingSettings);

/** The token of the link in the newest letter about a change. */
async function vetoToken({ userId }: TestPerson): Promise<string> {
  const facts = (await lettersOf(house.ctx, userId)).findLast(({ kind }) => kind === "change.waits")?.facts;
  const link = typeof facts === "object" && facts !== null && "link" in facts ? String(facts.link) : "";
  return link.split("/").at(-1) ?? "";
}

describe("a change that waits is stopped", () => {
  test("by the link of its letter, which looks before it does anything and works once", async () => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    const token = await vetoToken(ada.person);
    for (let time = 0; time < 3; time += 1)
      expect(await readVeto(house.stranger(), token)).toMatchObject({
        state: "open",
        kind: "factor.remove",
        detail: "Phone",
      });
    await vetoByLink(house.stranger(), { token });
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "VETOED", why: "by_link", data: null });
    expect(await readVeto(house.stranger(), token)).toEqual({ state: "stopped" });
    for (const over of [token, "vet_", `vet_${"A".repeat(43)}`])
      expect(await refused(vetoByLink(house.stranger(), { token: over }))).toBe("pending.over");
    expect(await house.db.session.count({ where: { userId: ada.person.userId } })).toBe(1);
    expect((await lettersOf(house.ctx, ada.person.userId)).map(({ kind }) => kind)).toContain("change.stopped");
  });

  test("in any session of its owner, and in nobody else's", async () => {
    const [ada, eve] = [await someone(house), await someone(house)];
    await askToRemove(house, ada);
    const id = (await lastChange(house, ada.person.userId))?.id ?? "";
    expect(await listOwnWaiting(house.ctx, ada.actor)).toMatchObject([{ id, detail: "Phone", isOfThis: true }]);
    expect(await findOwnWaiting(house.ctx, ada.actor, id)).toMatchObject({ kind: "factor.remove", detail: "Phone" });
    expect(await findOwnWaiting(house.ctx, eve.actor, id)).toBeNull();
    expect(await refused(vetoInSession(house.stranger(), { actor: eve.actor, id }))).toBe("pending.over");
    const { actor } = await openSessionFor(house.ctx, ada.person);
    await vetoInSession(house.ctx, { actor, id });
    expect(await refused(vetoInSession(house.ctx, { actor, id }))).toBe("pending.over");
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "VETOED", why: "by_owner" });
  });

  const ends: readonly (readonly [string, string, (ada: Someone, owner: Someone["actor"]) => Promise<unknown>])[] = [
    [
      "its session is ended by the owner",
      "session_ended",
      ({ actor: { sessionId: id } }, owner) => endSessionOf(house.ctx, { actor: owner, id }),
    ],
    ["all others are ended", "others_ended", (_, owner) => endAllOthers(house.ctx, owner)],
    [
      "that login was not its owner",
      "not_me",
      ({ actor }, owner) => disownSession(house.ctx, { actor: owner, ref: actor.sessionId.slice(0, 8) }),
    ],
    [
      "the password is changed",
      "password_changed",
      ({ person }, owner) =>
        changePassword(house.ctx, { actor: owner, current: person.password, next: "nine slow ferries to nowhere" }),
    ],
    [
      "the password is reset",
      "password_changed",
      async ({ person }) => {
        const [code = ""] = await withRecoveryCodes(house.ctx, person);
        const { pass } = await begunReset(house, person);
        await answer(house.stranger(), pass, "recovery", code);
        await setNewPassword(house.stranger(), { pass, password: "nine slow ferries to nowhere", remove: [] });
      },
    ],
    [
      "the owner answers a letter with “this was not me”",
      "not_me",
      async ({ person: { userId } }) => {
        const link = await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
        await containAccount(house.stranger(), { token: link.split("/").at(-1) ?? "" });
      },
    ],
  ];

  test.each(ends)("when %s", async (_, why, end) => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    house.clock.move(minutes(1));
    const { actor: owner } = await openSessionFor(house.ctx, ada.person);
    await end(ada, owner);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "VETOED", why });
  });

  test("not when its session logs out, nor by ending all others where it was asked for in the acting one", async () => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    await endAllOthers(house.ctx, ada.actor);
    await logOut(house.ctx, ada.actor);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING" });
  });
});
