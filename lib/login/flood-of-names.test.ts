import { beforeEach, describe, expect, test } from "vitest";
import { containAccount } from "@/lib/account/contain-account";
import { hours, minutes } from "@/lib/kernel/duration";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { vetoByLink } from "@/lib/pending/veto-change";
import { policy } from "@/lib/policy/policy";
import { costOf } from "@/lib/testing/statements/count";
import { aloud, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson } from "@/lib/testing/test-context";
import { openUnlockByCode } from "@/lib/unlocks/open-unlock";
import { newUnlockToken } from "@/lib/unlocks/token";

const house = openHouse();
const { most } = policy.requests.refusals;
beforeEach(() => house.clock.move(minutes(1))); // what was told before is not counted any more

const nobody = (place: number): TestPerson => ({
  userId: "",
  email: `nobody${place}@example.test`,
  username: null,
  isAdmin: false,
  password: "not the password at all",
});
const wrong = (person: TestPerson, ctx = house.stranger()) =>
  refused(knock(ctx, { ...person, password: "not the password at all" }));

/** So many, ten at a time. */
async function flood(count: number, one: (place: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - from) }, (_, place) => one(from + place)));
}

const rows = (name: string) =>
  house.db.securityEvent.findMany({ where: { name, subjectId: null }, orderBy: [{ at: "asc" }, { id: "asc" }] });

describe("a flood of names that nobody has, each from an address of its own, fills no disk", () => {
  test("sixty of it are rows in a minute, each is a line of the log, and the next row says how many were none", async () => {
    const before = (await rows("login.password_refused")).length;
    await flood(most + 10, (place) => wrong(nobody(place), aloud(house.stranger())));
    expect((await rows("login.password_refused")).length - before).toBe(most);
    const lines = house.logged().filter((line) => line.includes('"event":"login.password_refused"'));
    expect(lines).toHaveLength(most + 10);
    expect(lines.some((line) => line.includes("left_out"))).toBe(false); // each line counts for itself
    house.clock.move(minutes(1));
    await wrong(nobody(1_000));
    expect((await rows("login.password_refused")).at(-1)?.meta).toMatchObject({ known: false, left_out: 10 });
  });

  test("it hides nobody's own: each wrong password of an account is its row, and costs no other statements", async () => {
    const ada = await makePerson(house.ctx);
    await flood(most, (place) => wrong(nobody(2_000 + place)));
    const written = (await rows("login.password_refused")).length;
    const costs = [await costOf(() => wrong(ada)), await costOf(() => wrong(nobody(3_000)))];
    expect(costs[1]).toEqual(costs[0]);
    expect((await rows("login.password_refused")).length).toBe(written);
    const own = { name: "login.password_refused", subjectId: ada.userId };
    expect(await house.db.securityEvent.count({ where: own })).toBe(1);
  });

  test.each([
    ["link.refused", () => vetoByLink(house.stranger(), { token: `vet_${"A".repeat(43)}` })],
    [
      "unlock.refused",
      () => openUnlockByCode(house.stranger(), { waitToken: newUnlockToken(house.ctx, "unw_"), code: "12345678" }),
    ],
  ] as const)("nor do made-up tokens: %s", async (name, use) => {
    const before = (await rows(name)).length;
    await flood(most + 10, () => refused(use()));
    expect((await rows(name)).length - before).toBe(most);
  });

  test("nor does a link of somebody's own that is over", async () => {
    const { userId } = await makePerson(house.ctx);
    const link = await newAlarmLink(house.ctx, { kind: "device.new", userId, challengeId: null });
    house.clock.move(hours(73));
    const token = link.split("/").at(-1) ?? "";
    await flood(most + 10, async () =>
      expect(await refused(containAccount(house.stranger(), { token }))).toBe("alarm.over"),
    );
    expect(await house.db.securityEvent.count({ where: { name: "link.refused", subjectId: userId } })).toBe(most);
  });
});
