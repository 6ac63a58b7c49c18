import { describe, expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import { findLiveChallenge } from "@/lib/challenge/store";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { minutes, seconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { answer } from "@/lib/testing/second-door";
import { aloud, knock, openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson, testContext, withTotp } from "@/lib/testing/test-context";
import { resetAccountTries } from "@/lib/users/password/store";
import { findAccount } from "@/lib/users/store";

const house = openHouse();
const { perPerson } = policy.challenge;
const from = (ip: string): Ctx => testContext({ db: house.db, clock: house.clock, ip });

async function grace() {
  const person = await makePerson(house.ctx);
  return { person, app: await withTotp(house.ctx, person) };
}

/** The right password from this address, without its work: in a transaction that holds the account's row, as every way in. */
async function halfLogin({ userId }: TestPerson, ip: string, deviceId: string | null = null): Promise<Pass> {
  const account = await findAccount(house.ctx, userId);
  ensure(account, "the person has an account");
  house.clock.move(seconds(1));
  return inShortTransaction(aloud(from(ip)), async (tx) => {
    await resetAccountTries(tx, userId);
    return (await startLogin(tx, { account, amr: ["pwd"], deviceId, returnTo: "/security" })).pass;
  });
}

const live = ({ userId }: TestPerson) =>
  house.db.challenge.findMany({
    where: { userId, state: "OPEN", expiresAt: { gt: house.clock.now() } },
    orderBy: { createdAt: "asc" },
  });

const isLive = async (pass: Pass) => (await findLiveChallenge(house.ctx, pass)) !== null;

describe("half logins of one account among strangers", () => {
  test("are at most twenty: the oldest of the network that holds most goes, and it is recorded", async () => {
    const { person, app } = await grace();
    const owner = await halfLogin(person, "192.0.2.1");
    const passes: Pass[] = [];
    for (let index = 0; index < 30; index += 1) passes.push(await halfLogin(person, `198.51.100.${index}`));
    expect(await live(person)).toHaveLength(perPerson);
    expect(await Promise.all(passes.map(isLive))).toEqual(passes.map((_, index) => index > 10));
    expect(await isLive(owner)).toBe(true);
    expect((await answer(house.ctx, owner, "totp", app.codeAt(house.clock.now()))).userId).toBe(person.userId);
    const died = { subjectId: person.userId, name: "challenge.died" };
    expect(await house.db.securityEvent.count({ where: died })).toBe(11);
  });

  test("that are one too many are told to the log, one line each", async () => {
    const { person } = await grace();
    const told = () => house.logged().filter((line) => line.includes('"event":"challenge.died"'));
    for (let index = 0; index < perPerson; index += 1) await halfLogin(person, "198.51.100.1");
    expect(told()).toEqual([]);
    for (let index = 0; index < 2; index += 1) await halfLogin(person, "198.51.100.1");
    expect(told()).toHaveLength(2);
    for (const line of told()) expect(JSON.parse(line)).toMatchObject({ subjectId: person.userId, result: "ok" });
  });

  test("of one IPv6 /48 are one network, however many /64 it has", async () => {
    const { person } = await grace();
    const owner = await halfLogin(person, "2001:db8:1::1");
    for (let index = 0; index < 25; index += 1) await halfLogin(person, `2001:db8:2:${index.toString(16)}::1`);
    expect(await live(person)).toHaveLength(perPerson);
    expect(await isLive(owner)).toBe(true);
  });

  test("that are over count no more", async () => {
    const { person } = await grace();
    for (let index = 0; index < 20; index += 1) await halfLogin(person, "198.51.100.1");
    house.clock.move(minutes(6));
    const passes: Pass[] = [];
    for (let index = 0; index < 20; index += 1) passes.push(await halfLogin(person, "198.51.100.2"));
    expect(await Promise.all(passes.map(isLive))).toEqual(passes.map(() => true));
  });

  test("fifty at once: twenty are left", async () => {
    const { person } = await grace();
    await Promise.all(Array.from({ length: 50 }, (_, index) => halfLogin(person, `10.9.${index % 7}.1`)));
    expect(await live(person)).toHaveLength(perPerson);
  });

  test("of another account are not touched, and a demanded binding is a half login too", async () => {
    const [{ person }, other] = [await grace(), await makePerson(house.ctx)];
    await house.db.user.update({ where: { id: other.userId }, data: { policy: { demand: "on" } } });
    const theirs = await halfLogin(other, "198.51.100.1");
    for (let index = 0; index < 25; index += 1) await halfLogin(person, "198.51.100.1");
    expect(await isLive(theirs)).toBe(true);
    for (let index = 0; index < 25; index += 1) await halfLogin(other, "198.51.100.1");
    expect(await live(other)).toHaveLength(perPerson);
  });
});

test("forty of them push out no session of twenty, and the one that passes both doors the oldest", async () => {
  const { person, app } = await grace();
  const open: string[] = [];
  for (let place = 0; place < policy.session.perPerson; place += 1) {
    house.clock.move(seconds(1));
    open.push((await openSessionFor(house.ctx, person)).session.id);
  }
  const left = async () => {
    const rows = await house.db.session.findMany({ where: { userId: person.userId }, orderBy: { createdAt: "asc" } });
    return rows.map(({ id }) => id);
  };
  for (let index = 0; index < 40; index += 1) await halfLogin(person, `198.51.${index}.1`);
  const pass = await halfLogin(person, "192.0.2.1");
  await answer(house.ctx, pass, "totp", app.codeAt(house.clock.now()));
  expect(await left()).toEqual(open);
  const entered = await claimLogin(house.ctx, pass);
  expect(await left()).toEqual([...open.slice(1), expect.any(String)]);
  expect(entered?.userId).toBe(person.userId);
});

test("one that was opened on a known device is neither counted nor goes", async () => {
  const { person } = await grace();
  const { deviceToken, actor } = await openSessionFor(house.ctx, person);
  const { pass: mine } = await knock(from("198.51.100.1"), person, { deviceToken });
  const alsoMine: Pass[] = [];
  for (let index = 0; index < 5; index += 1) alsoMine.push(await halfLogin(person, "198.51.100.1", actor.deviceId));
  for (let index = 0; index < 40; index += 1) await halfLogin(person, `198.51.${index}.1`);
  expect(await isLive(mine)).toBe(true);
  expect(await Promise.all(alsoMine.map(isLive))).toEqual([true, true, true, true, true]);
  expect(await live(person)).toHaveLength(perPerson + 6);
});

/** The rule as it is said: while there are more than twenty, the oldest of the network that holds most goes. */
function byTheWord(opened: readonly string[]): number[] {
  const kept: number[] = [];
  for (const [index] of opened.entries()) {
    kept.push(index);
    if (kept.length <= perPerson) continue;
    const sizeOf = (one: number) => kept.filter((other) => opened[other] === opened[one]).length;
    const most = Math.max(...kept.map(sizeOf));
    kept.splice(
      kept.findIndex((one) => sizeOf(one) === most),
      1,
    );
  }
  return kept;
}

test("the one statement keeps what the rule keeps, over networks of every mixture", async () => {
  for (const networks of [2, 5, 30]) {
    const { person } = await grace();
    const opened = Array.from({ length: 40 }, () => `10.${house.ctx.random.bytes(1).readUInt8() % networks}.7.1`);
    const passes: Pass[] = [];
    for (const ip of opened) passes.push(await halfLogin(person, ip));
    const kept = (await live(person)).map(({ id }) => passes.findIndex(({ challengeId }) => challengeId === id));
    expect(kept).toEqual(byTheWord(opened));
  }
});
