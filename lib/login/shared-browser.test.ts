import { expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { ensure } from "@/lib/kernel/assert";
import { policy } from "@/lib/policy/policy";
import { readDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";

const house = openHouse();
const wrong = { password: "not the password at all" };

/** A browser that keeps what it is given, and whoever logs in there. */
function browser() {
  const jar: { devices: string | null } = { devices: null };
  const enter = async (person: TestPerson) => {
    const { pass } = await knock(house.stranger(), person, { deviceToken: jar.devices });
    const opened = await claimLogin(house.ctx, pass, { session: null, deviceToken: jar.devices });
    ensure(opened, "the password is every door that they have");
    jar.devices = opened.deviceToken ?? jar.devices;
  };
  return { jar, enter };
}

const people = (count: number) => Promise.all(Array.from({ length: count }, () => makePerson(house.ctx)));

/** Whether this person's browser is not kept waiting, after strangers have made their name wait. */
async function isKnownUnderAttack(person: TestPerson, deviceToken: string | null): Promise<boolean> {
  for (let time = 0; time < 5; time += 1) await refused(knock(house.stranger(), person, wrong));
  return knock(house.stranger(), person, { deviceToken }).then(
    () => true,
    () => false,
  );
}

const rowsOf = ({ userId }: TestPerson) => house.db.device.count({ where: { userId } });

test("two people at one browser are both known there while strangers guess", async () => {
  const { jar, enter } = browser();
  const [ada, grace] = await people(2);
  ensure(ada && grace, "two people");
  await enter(ada);
  await enter(grace);
  for (const person of [ada, grace]) expect(await isKnownUnderAttack(person, jar.devices)).toBe(true);
});

test("ten logins by turns leave one row of each, and push out no device of theirs elsewhere", async () => {
  const { enter } = browser();
  const [ada, grace] = await people(2);
  ensure(ada && grace, "two people");
  const { deviceToken } = await openSessionFor(house.ctx, ada);
  for (let time = 0; time < 10; time += 1) {
    await enter(ada);
    await enter(grace);
  }
  expect([await rowsOf(ada), await rowsOf(grace)]).toEqual([2, 1]);
  expect(await isKnownUnderAttack(ada, deviceToken)).toBe(true);
});

test("of more people than the cookie has places for, the last ones are known, and nobody's rows pile up", async () => {
  const { jar, enter } = browser();
  const many = await people(policy.device.perBrowser + 1);
  for (let round = 0; round < 2; round += 1) for (const person of many) await enter(person);
  expect(readDeviceCookie(jar.devices)).toHaveLength(policy.device.perBrowser);
  expect(await Promise.all(many.map(rowsOf))).toEqual([0, ...Array(policy.device.perBrowser).fill(1)]);
});

test("a device that is void leaves the cookie when its owner comes back, and so does anybody's that is", async () => {
  const { jar, enter } = browser();
  const [ada, grace, hedy] = await people(3);
  ensure(ada && grace && hedy, "three people");
  for (const person of [ada, grace, hedy]) await enter(person);
  for (const { userId: id } of [ada, grace])
    await house.db.user.update({ where: { id }, data: { credentialVersion: { increment: 1 } } });
  const [ofHedy] = readDeviceCookie(jar.devices);
  await enter(ada);
  expect(readDeviceCookie(jar.devices)).toEqual([expect.stringMatching(/^dev_/), ofHedy]);
  expect(await Promise.all([ada, grace, hedy].map(rowsOf))).toEqual([1, 0, 1]);
});

test("two logins that began before either was through leave one row", async () => {
  const { jar, enter } = browser();
  const [ada] = await people(1);
  ensure(ada, "one person");
  const { pass } = await knock(house.stranger(), ada);
  await enter(ada);
  const opened = await claimLogin(house.ctx, pass, { session: null, deviceToken: jar.devices });
  expect(readDeviceCookie(opened?.deviceToken ?? null)).toHaveLength(1);
  expect(await rowsOf(ada)).toBe(1);
});

test("nobody else's browser loses a row by it", async () => {
  const [ada, grace] = await people(2);
  ensure(ada && grace, "two people");
  const { deviceToken } = await openSessionFor(house.ctx, grace);
  const { enter } = browser();
  for (const person of [grace, ada]) await enter(person);
  expect(await rowsOf(grace)).toBe(2);
  expect(await isKnownUnderAttack(grace, deviceToken)).toBe(true);
});
