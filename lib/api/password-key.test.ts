import { constants, publicEncrypt } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { openPassword, publicPasswordKey } from "@/lib/api/password-key";
import { unseal } from "@/lib/crypto/seal";
import { days, hours } from "@/lib/kernel/duration";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { sweep } from "@/lib/sweep/sweep";
import { type OwnProcess, runProgram } from "@/lib/testing/own-process";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();
const password = "seven quiet herons at dawn";

const encrypted = (publicKey: string): string =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(password)).toString("base64");

const week = days(7);
/** The first moment of a week of keys, an age away from those of other stories. */
let weeks = 4000;
beforeEach(() => {
  weeks += 10;
  house.clock.move(weeks * week - house.clock.now().getTime());
});

describe("the key of the week", () => {
  test("is made by whoever asks first and is the same for everybody until the week ends", async () => {
    const first = await publicPasswordKey(house.ctx);
    expect(first).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PUBLIC KEY-----\n$/);
    house.clock.move(week - 1);
    expect(await publicPasswordKey(house.stranger())).toBe(first);
    house.clock.move(1);
    expect(await publicPasswordKey(house.ctx)).not.toBe(first);
  });

  test("asked for by many at once it is one", async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => publicPasswordKey(house.stranger())));
    expect(new Set(keys).size).toBe(1);
    expect(await house.db.passwordKey.count({ where: { createdAt: house.ctx.now } })).toBe(1);
  });

  test("made by two portals at the same moment it is one, and both can open what it encrypts", async () => {
    const both: OwnProcess[] = [];
    await house.db.$transaction(async (db) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(${barrier}::bigint)`;
      both.push(...(await Promise.all([portalProcess(), portalProcess()])));
      await Promise.all(both.map(({ heard }) => heard("ready")));
    }, patient);
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
    const [one, other] = both.map(({ said }) => said.out);
    expect(one).toContain(password);
    expect(one).toContain(JSON.stringify(await publicPasswordKey(house.ctx)));
    expect(other).toBe(one);
    expect(await house.db.passwordKey.count({ where: { createdAt: house.ctx.now } })).toBe(1);
  });

  test("its private half stands sealed in its row, for that row and no other", async () => {
    await publicPasswordKey(house.ctx);
    const { id, secret } = await house.db.passwordKey.findFirstOrThrow({ where: { createdAt: house.ctx.now } });
    expect(secret).toMatch(/^v1\./);
    expect(unseal(secret, { use: "enc:password-key", owner: [id] })).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(unseal(secret, { use: "enc:password-key", owner: ["another"] })).toBeNull();
  });
});

const barrier = 20_260;
const patient = { timeout: 18_000 };

/** A portal of its own, which waits at the barrier, then makes the key of the week and opens what that has encrypted. */
const portalProcess = () =>
  runProgram(`
    import { constants, publicEncrypt } from "node:crypto";
    import { openDatabase } from "@/lib/db/client";
    import { fixedClock } from "@/lib/kernel/clock";
    import { testContext } from "@/lib/testing/test-context";
    import { openPassword, publicPasswordKey } from "@/lib/api/password-key";
    const db = openDatabase(${JSON.stringify(house.url)}, 3);
    const ctx = testContext({ db, clock: fixedClock(new Date(${house.ctx.now.getTime()})) });
    await db.$queryRaw\`SELECT 1\`;
    console.log("ready");
    await db.$executeRaw\`SELECT pg_advisory_lock_shared(${barrier}::bigint)\`;
    const key = await publicPasswordKey(ctx);
    console.log(JSON.stringify(key));
    const text = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(${JSON.stringify(password)}));
    console.log(await openPassword(ctx, text.toString("base64")));
    await db.$disconnect();`);

describe("opening a password", () => {
  test("under this week's key, and under an older one for three weeks from its making", async () => {
    house.clock.move(hours(5));
    const text = encrypted(await publicPasswordKey(house.ctx));
    expect(await openPassword(house.ctx, text)).toBe(password);
    for (let later = 1; later <= 2; later += 1) {
      house.clock.move(week);
      const newer = encrypted(await publicPasswordKey(house.ctx));
      expect(await openPassword(house.ctx, text)).toBe(password);
      expect(await openPassword(house.ctx, newer)).toBe(password);
    }
    house.clock.move(week - hours(1));
    await publicPasswordKey(house.ctx); // the fourth that is accepted now
    house.clock.move(hours(1) - 1);
    expect(await openPassword(house.ctx, text)).toBe(password);
    house.clock.move(1);
    expect(await openPassword(house.ctx, text)).not.toBe(password);
  });

  test("an older key that does not open is left out, and the operator is woken once; without the newest nobody is judged, and nobody loses a try", async () => {
    const older = encrypted(await publicPasswordKey(house.ctx));
    house.clock.move(week);
    const newer = encrypted(await publicPasswordKey(house.ctx));
    expect([await openPassword(house.ctx, older), await openPassword(house.ctx, newer)]).toEqual([password, password]);
    const [newest, before] = await house.db.passwordKey.findMany({ orderBy: { createdAt: "desc" }, take: 2 });
    const exchange = (id = "", secret = "") => house.db.passwordKey.update({ where: { id }, data: { secret } });
    await exchange(before?.id, newest?.secret);
    for (const _ of ["once", "again"]) {
      expect(await openPassword(house.ctx, newer)).toBe(password);
      expect(await openPassword(house.ctx, older)).not.toBe(password);
    }
    const alarms = () => house.logged().filter((line) => line.includes('"level":"alarm"'));
    expect(alarms()).toEqual([expect.stringContaining(`"column":"password_keys.secret","row":"${before?.id}"`)]);
    await exchange(newest?.id, before?.secret);
    const { userId, email: identifier } = await makePerson(house.ctx, { password });
    const asked = { identifier, password: () => openPassword(house.ctx, newer), deviceToken: null, returnTo: "/" };
    await expect(logInWithPassword(house.stranger(), asked)).rejects.toThrow("the newest password key opens");
    expect(await house.db.user.findUnique({ where: { id: userId } })).toMatchObject({ passwordFailures: 0 });
    expect(await house.db.bucket.count({ where: { key: { contains: userId }, fails: { gt: 0 } } })).toBe(0);
    expect(alarms()).toHaveLength(2);
  });

  test("what does not look encrypted is the password itself", async () => {
    await publicPasswordKey(house.ctx);
    for (const text of ["", password, "x".repeat(344), "密码"]) expect(await openPassword(house.ctx, text)).toBe(text);
  });

  test("without any key, or without a right padding, it is a password that nobody has", async () => {
    const text = `${"q".repeat(341)}A==`;
    expect(await openPassword(house.ctx, text)).not.toContain("qqq");
    await publicPasswordKey(house.ctx);
    const opened = await openPassword(house.ctx, text);
    expect(opened).not.toContain("qqq");
    expect(await openPassword(house.ctx, text)).toBe(opened);
  });

  test("at the first door, what does not open reads as a wrong password and is counted like one", async () => {
    const person = await makePerson(house.ctx, { password });
    const publicKey = await publicPasswordKey(house.ctx);
    const broken = await openPassword(house.ctx, `${"q".repeat(341)}A==`);
    expect(await refused(knock(house.stranger(), person, { password: broken }))).toBe("login.wrong");
    const { passwordFailures } = await house.db.user.findUniqueOrThrow({ where: { id: person.userId } });
    expect(passwordFailures).toBe(1);
    const right = await openPassword(house.ctx, encrypted(publicKey));
    expect((await knock(house.stranger(), person, { password: right })).pass).toBeDefined();
  });
});

test("the sweep takes a key when nothing under it is accepted any more", async () => {
  await house.db.passwordKey.deleteMany();
  house.clock.move(hours(1));
  await publicPasswordKey(house.ctx);
  house.clock.move(3 * week - 1);
  await publicPasswordKey(house.ctx);
  expect((await sweep(house.ctx)).passwordKeys).toBe(0);
  house.clock.move(1);
  expect((await sweep(house.ctx)).passwordKeys).toBe(1);
  expect(await house.db.passwordKey.count()).toBe(1);
});
