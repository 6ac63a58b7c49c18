import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { policy } from "@/lib/policy/policy";
import { graceIn } from "@/lib/testing/grace";
import { answer } from "@/lib/testing/second-door";
import { counter, knock, openHouse, refused, whileBroken } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const { now, strangersKey, rowOf, graceAtTheSecondDoor, fail } = graceIn(house);

describe("what is refunded and reset", () => {
  test("a challenge that ends in success resets its own failures; those of other challenges stay", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await fail(pass, app, 3);
    const owner = await knock(house.stranger(), grace);
    await fail(owner.pass, app, 2);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 5, orphans: 5 });
    await answer(house.ctx, owner.pass, "totp", app.codeAt(now()));
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 0, orphans: 3, blockedUntil: null });
  });

  test("a success with a recovery code ends no wait of the authenticator app", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const codes = await withRecoveryCodes(house.ctx, grace);
    await fail(pass, app, 5);
    await fail((await knock(house.stranger(), grace)).pass, app, 4);
    const owner = await knock(house.stranger(), grace);
    await fail(owner.pass, app, 1);
    const before = await counter(house.ctx, strangersKey(grace));
    expect(before.blockedUntil).not.toBeNull();
    await answer(house.ctx, owner.pass, "recovery", codes[0] ?? "");
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({
      fails: 9,
      orphans: 9,
      blockedUntil: before.blockedUntil,
    });
  });

  test("a success with a recovery code on a known device resets none of what strangers' wrong codes had counted", async () => {
    const grace = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, grace);
    const codes = await withRecoveryCodes(house.ctx, grace);
    const { deviceToken } = await openSessionFor(house.ctx, grace);
    await fail((await knock(house.stranger(), grace)).pass, app, 4);
    const owner = await knock(house.stranger(), grace, { deviceToken });
    await fail(owner.pass, app, 2);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 4, orphans: 6 });
    await answer(house.ctx, owner.pass, "recovery", codes[0] ?? "");
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 4, orphans: 4 });
  });

  test("a right code that was sent many times at once leaves nothing counted behind", async () => {
    for (let login = 0; login < 5; login += 1) {
      const { grace, app, pass } = await graceAtTheSecondDoor();
      const code = app.codeAt(now());
      const sent = await Promise.allSettled(Array.from({ length: 5 }, () => answer(house.ctx, pass, "totp", code)));
      expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 0, orphans: 0, blockedUntil: null });
    }
  });

  test("a fault of ours while judging costs nothing at all", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    await whileBroken(house.ctx, () =>
      expect(answer(house.stranger(), pass, "totp", app.codeAt(now()))).rejects.toThrow("broken"),
    );
    expect((await rowOf(pass)).attemptsLeft).toBe(5);
    expect((await rowOf(pass)).consumed).toEqual([]);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 0, orphans: 0 });
    expect((await answer(house.ctx, pass, "totp", app.codeAt(now()))).userId).toBe(grace.userId);
  });

  test("a full house at the last try costs nothing and kills nothing", async () => {
    const { grace, app, pass } = await graceAtTheSecondDoor();
    const codes = await withRecoveryCodes(house.ctx, grace);
    await fail(pass, app, 4);
    const places = fillTheHouse();
    expect(await refused(answer(house.ctx, pass, "recovery", codes[0] ?? ""))).toBe("hash.busy");
    await places.empty();
    expect(await rowOf(pass)).toMatchObject({ state: "OPEN", attemptsLeft: 1 });
    expect((await answer(house.ctx, pass, "recovery", codes[0] ?? "")).reveal?.codes).toHaveLength(1);
  });
});

/** Takes every place at the hashing table and every seat in its waiting room. */
function fillTheHouse(): { readonly empty: () => Promise<void> } {
  const count = 2 * availableParallelism() + policy.password.waitingRoom;
  const places = Array.from({ length: count }, () => takePlace(now()));
  return {
    empty: async () => {
      for (const place of places) (await place).leave();
    },
  };
}

describe("a known device", () => {
  async function atHome() {
    const grace = await makePerson(house.ctx);
    const app = await withTotp(house.ctx, grace);
    const { deviceToken } = await openSessionFor(house.ctx, grace);
    const come = async () => (await knock(house.stranger(), grace, { deviceToken })).pass;
    return { grace, app, come };
  }

  test("lets the owner answer while a stranger's wait runs", async () => {
    const { grace, app, come } = await atHome();
    for (let login = 0; login < 2; login += 1) await fail((await knock(house.stranger(), grace)).pass, app, 5);
    const stranger = await knock(house.stranger(), grace);
    expect(await refused(answer(house.stranger(), stranger.pass, "totp", app.codeAt(now())))).toBe("throttle.too_many");
    expect((await answer(house.ctx, await come(), "totp", app.codeAt(now()))).userId).toBe(grace.userId);
  });

  test("a replay there is refunded its own try, and neither a stranger's count nor their wait", async () => {
    const { grace, app, come } = await atHome();
    await answer(house.ctx, await come(), "totp", app.codeAt(now()));
    for (let login = 0; login < 2; login += 1) await fail((await knock(house.stranger(), grace)).pass, app, 5);
    const before = await counter(house.ctx, strangersKey(grace));
    expect(before).toMatchObject({ fails: 10, orphans: 10 });
    expect(await refused(answer(house.ctx, await come(), "totp", app.codeAt(now())))).toBe("totp.already_used");
    expect(await counter(house.ctx, strangersKey(grace))).toEqual(before);
  });

  test("is forgotten after its ten wrong codes, which all count towards the cap of the binding", async () => {
    const { grace, app, come } = await atHome();
    for (let login = 0; login < 2; login += 1) await fail(await come(), app, 5);
    expect(await house.db.device.count({ where: { userId: grace.userId } })).toBe(1);
    await fail(await come(), app, 1);
    expect(await house.db.device.count({ where: { userId: grace.userId } })).toBe(0);
    expect(await counter(house.ctx, strangersKey(grace))).toMatchObject({ fails: 1, orphans: 11 });
  });
});
