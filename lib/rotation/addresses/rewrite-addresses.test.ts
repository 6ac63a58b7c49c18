import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { handleOf, openSecret } from "@/lib/crypto/factor-secret";
import { migrate } from "@/lib/db/migrate";
import { holdsHandle } from "@/lib/factors/store";
import { readEmailAddress } from "@/lib/kernel/email-address";
import { rewriteAddresses } from "@/lib/rotation/addresses/rewrite-addresses";
import { lastCode, lettersOf, sendingSettings } from "@/lib/testing/letters";
import { giveFactor } from "@/lib/testing/move-in";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson, testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
const said: string[] = [];

/** A start: the migrations, and in their turn the step. */
const start = () =>
  migrate(
    house.url,
    join(process.cwd(), "prisma", "migrations"),
    (line) => said.push(line),
    (db) =>
      rewriteAddresses(
        { ...testContext({ db: house.db, clock: house.clock }), db },
        { say: (line) => said.push(line) },
      ),
  );

const emailOf = async ({ userId }: TestPerson) =>
  (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).email;

const getsIn = async (person: TestPerson, identifier: string) =>
  expect((await knock(house.stranger(), person, { identifier })).userId, identifier).toBe(person.userId);

/** As it was stored before: the address sealed as it was typed, and found by an HMAC of just that. */
const withOldFactor = (person: TestPerson, to: string) =>
  giveFactor(house.ctx, {
    userId: person.userId,
    kind: "email",
    label: "Mail",
    begun: { secret: to, handle: handleOf("email", to) },
  });

beforeEach(async () => {
  said.length = 0;
  await house.db.$executeRaw`TRUNCATE users, finished_steps, security_events, buckets CASCADE`;
});
afterEach(() => setSettings(sendingSettings));

test("a database of before is started: addresses have their one form, and everybody gets in by every spelling", async () => {
  const ada = await makePerson(house.ctx, { email: "ada@bücher.test", password: "ada counts to seventeen" });
  const mei = await makePerson(house.ctx, { email: "mei@例子.测试", password: "mei counts to eighteen" });
  const dot = await makePerson(house.ctx, { email: "dot@example.test.", password: "dot counts to nineteen" });
  const far = await makePerson(house.ctx, { email: "a..b@example..test", password: "far counts to twenty now" });
  const grace = await makePerson(house.ctx, { email: "grace@example.test", password: "grace counts to thirty" });
  await start();
  expect(await Promise.all([ada, mei, dot, far, grace].map(emailOf))).toEqual([
    ...["ada@xn--bcher-kva.test", "mei@xn--fsqu00a.xn--0zwm56d", "dot@example.test"],
    ...["a..b@example..test", "grace@example.test"],
  ]);
  for (const spelling of ["ada@bücher.test", "ADA@BÜCHER.test", "ada@xn--bcher-kva.test", "ada@bücher.test."])
    await getsIn(ada, spelling);
  for (const spelling of ["mei@例子.测试", "mei@例子。测试"]) await getsIn(mei, spelling);
  for (const spelling of ["dot@example.test", "dot@example.test."]) await getsIn(dot, spelling);
  for (const spelling of ["a..b@example..test", " A..B@Example..Test "]) await getsIn(far, spelling);
  await getsIn(grace, "grace@example.test");
  const [event] = await house.db.securityEvent.findMany({ where: { name: "addresses.rewritten" } });
  expect(event?.meta).toEqual({ users: 3, factors: 0, taken: 0 });
  expect(said).toEqual([]);
});

test("a factor's address and the handle that finds it, too; its codes arrive and open", async () => {
  const ada = await makePerson(house.ctx, { email: "ada@bücher.test" });
  const { factorId: id } = await withOldFactor(ada, "codes@bücher.test");
  await start();
  const row = await house.db.factor.findUniqueOrThrow({ where: { id } });
  const [address, handle] = ["codes@xn--bcher-kva.test", handleOf("email", "codes@xn--bcher-kva.test")];
  expect([openSecret(row), row.handle]).toEqual([address, handle]);
  expect(await holdsHandle(house.ctx, ada.userId, "email", handle)).toBe(true);
  const pass = await atSecondDoor(house.stranger(), ada.userId);
  await prepareAnswer(house.stranger(), { pass, kind: "email", factorId: null, sessionId: null });
  expect((await lettersOf(house.ctx, ada.userId)).at(-1)).toMatchObject({ to: address });
  const code = await lastCode(house.ctx, ada.userId);
  expect((await answer(house.stranger(), pass, "email", code)).userId).toBe(ada.userId);
});

test("where the new form is taken both rows stay, a line names them, and the login leads to the new form", async () => {
  const older = await makePerson(house.ctx, {
    email: "ada@bücher.test",
    username: "ada",
    password: "older than the rule",
  });
  const newer = await makePerson(house.ctx, { email: "ada@xn--bcher-kva.test", password: "newer than the older" });
  await withOldFactor(newer, "codes@bücher.test");
  await withOldFactor(newer, "codes@xn--bcher-kva.test");
  await start();
  expect(await Promise.all([older, newer].map(emailOf))).toEqual(["ada@bücher.test", "ada@xn--bcher-kva.test"]);
  for (const spelling of ["ada@bücher.test", "ada@xn--bcher-kva.test"]) await getsIn(newer, spelling);
  await getsIn(older, "ada");
  expect(said).toHaveLength(2);
  expect(said[0]).toContain(`${newer.userId} (a•••@xn--bcher-kva.test) and ${older.userId} (a•••@bücher.test)`);
  expect(said[1]).toContain(`of the account ${newer.userId}`);
  expect(said.join()).not.toMatch(/ada@|codes@/);
});

test("two that become one: the first takes the form, the other stays and is named", async () => {
  await makePerson(house.ctx, { email: "ada@bücher.test" });
  await makePerson(house.ctx, { email: "ada@bücher.test." });
  await start();
  const emails = (await house.db.user.findMany({ select: { email: true } })).map(({ email }) => email);
  expect(emails.filter((email) => email === "ada@xn--bcher-kva.test")).toHaveLength(1);
  expect(said).toHaveLength(1);
});

test("two portals that start at once, and a third start later, do it once", async () => {
  for (let place = 0; place < 1203; place += 1)
    await house.db
      .$executeRaw`INSERT INTO users (id, email, is_admin, created_at) VALUES (${`u${place}`}, ${`p${place}@bücher.test`}, false, now())`;
  await Promise.all([start(), start()]);
  await start();
  const left = await house.db.user.count({ where: { NOT: { email: { endsWith: "@xn--bcher-kva.test" } } } });
  expect(left).toBe(0);
  const events = await house.db.securityEvent.findMany({ where: { name: "addresses.rewritten" } });
  expect(events.map(({ meta }) => meta)).toEqual([{ users: 1203, factors: 0, taken: 0 }]);
});

test("a start whose keys do not open a factor leaves it, and the next one with the key does it", async () => {
  const ada = await makePerson(house.ctx);
  const { factorId: id } = await withOldFactor(ada, "codes@bücher.test");
  const key = "PORTAL_KEYS";
  setSettings({
    ...sendingSettings,
    [key]: `other:${Buffer.alloc(32, "another key of this size in bytes").toString("base64")}`,
  });
  await start();
  setSettings(sendingSettings);
  const { secret } = await house.db.factor.findUniqueOrThrow({ where: { id } });
  expect(openSecret({ id, userId: ada.userId, secret })).toBe("codes@bücher.test");
  await start();
  const row = await house.db.factor.findUniqueOrThrow({ where: { id } });
  expect(openSecret(row)).toBe("codes@xn--bcher-kva.test");
});

test("whoever was stored with the other sigma gets in by that spelling, also where the step is done already", async () => {
  await start();
  const nikos = await makePerson(house.ctx, { email: "νικοσ@example.test" });
  const now = await makePerson(house.ctx, { email: readEmailAddress("ΓΙΑΝΝΗΣ@example.test") ?? "" });
  await start();
  expect(await emailOf(nikos)).toBe("νικοσ@example.test"); // letters go where they went
  for (const spelling of ["νικοσ@example.test", "Νικοσ@Example.test"]) await getsIn(nikos, spelling);
  for (const spelling of ["γιαννης@example.test", "γιαννησ@example.test", "ΓΙΑΝΝΗΣ@EXAMPLE.TEST"])
    await getsIn(now, spelling);
});

test("nobody else gets the address of a row that could not be rewritten", async () => {
  const far = await makePerson(house.ctx, { email: "a..b@example.test" });
  await start();
  expect(await refused(knock(house.stranger(), far, { identifier: "a.b@example.test" }))).toBe("login.wrong");
});
