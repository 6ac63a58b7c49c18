import { describe, expect, test } from "vitest";
import { days } from "@/lib/kernel/duration";
import { answer } from "@/lib/testing/second-door";
import { counter, eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/store";

const house = openHouse();
const lane = (person: TestPerson) => bucketKey("password.untrusted", person.userId);
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
    expect(await house.db.trustedDevice.count({ where: { userId: ada.userId } })).toBe(0);
    expect(await counter(house.ctx, lane(ada))).toMatchObject({ fails: 1 });
    expect(await eventNames(house.ctx, ada.userId)).toContain("device.forgotten");
  });

  test.each([
    ["of somebody else", async () => (await known()).deviceToken],
    ["forged", async () => `dev_${"A".repeat(43)}`],
    ["cut short", async () => "dev_abc"],
    ["of another kind", async () => `ses_${"A".repeat(43)}`],
    ["empty", async () => ""],
  ])("a token %s puts nobody in the owner's lane", async (_, token) => {
    const { ada } = await known();
    await refused(knock(house.stranger(), ada, { ...wrong, deviceToken: await token() }));
    expect(await counter(house.ctx, lane(ada))).toMatchObject({ fails: 1 });
  });

  test("is void after its thirty days and after the security stamp rose", async () => {
    const { ada, deviceToken } = await known();
    house.clock.move(days(30));
    await refused(knock(house.stranger(), ada, { ...wrong, deviceToken }));
    expect(await counter(house.ctx, lane(ada))).toMatchObject({ fails: 1 });
    const other = await known();
    await withTotp(house.ctx, other.ada, "Tablet");
    await refused(knock(house.stranger(), other.ada, { ...wrong, deviceToken: other.deviceToken }));
    expect(await counter(house.ctx, lane(other.ada))).toMatchObject({ fails: 1 });
  });

  test("a login that never passed the second door makes no device", async () => {
    const { ada, app } = await known();
    const before = await house.db.trustedDevice.count({ where: { userId: ada.userId } });
    const { pass } = await knock(house.stranger(), ada);
    await answer(house.ctx, pass, "totp", app.codeAt(house.clock.now()));
    expect(await house.db.trustedDevice.count({ where: { userId: ada.userId } })).toBe(before);
  });
});
