import { constants, publicEncrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPassword, publicPasswordKey } from "@/lib/api/password-key";
import { checkKeyring } from "@/lib/crypto/canary";
import { secretSealedFor } from "@/lib/crypto/factor-secret";
import type { Keyring } from "@/lib/crypto/keyring";
import { seal, sealedUnder, unseal } from "@/lib/crypto/seal";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { codeAt } from "@/lib/factors/totp/code";
import { systemRandom } from "@/lib/kernel/random";
import { letterSealedFor } from "@/lib/letters/letter";
import { queueLetters } from "@/lib/letters/queue-letters";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { countKeys } from "@/lib/rotation/count-keys";
import { type Rotation, rotateKeys } from "@/lib/rotation/rotate-keys";
import { nameOf, sealedColumns } from "@/lib/rotation/sealed-columns";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor } from "@/lib/testing/story";
import {
  makePerson,
  openSessionFor,
  type TestPerson,
  testHouse,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { ringOf, setSettings, testKeys } from "@/lib/testing/test-settings";
import { passwordSealedFor } from "@/lib/users/check-password";

const before = ringOf("one");
const during = ringOf("two", "one");
const after = ringOf("two");

let house: Awaited<ReturnType<typeof testHouse>>;
let grace: TestPerson;
beforeAll(async () => {
  house = await testHouse();
});
beforeEach(async () => {
  setSettings();
  await house.empty();
  await house.db.passwordKey.deleteMany();
  await checkKeyring(house.db, before);
  grace = await makePerson(house.ctx);
});
afterAll(() => house.close());

async function rotated(ring: Keyring = during): Promise<Rotation> {
  const result = await rotateKeys(house.ctx, { by: "cli", ring });
  if (result.kind === "refused") throw new Error(result.why);
  return result.rotation;
}

const eventNames = async () =>
  (await house.db.securityEvent.findMany({ orderBy: { id: "asc" } })).map(({ name }) => name);

/** `count` more factors of one person, sealed under `ring`; the secret of each is its number. */
async function manyFactors(count: number, ring: Keyring, first = 0): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const id = `many${String(first + index).padStart(6, "0")}`;
    const secret = seal(String(first + index), secretSealedFor(grace.userId, id), ring);
    return { id, userId: grace.userId, kind: "totp", state: "ACTIVE", label: "x", secret, createdAt: house.ctx.now };
  });
  await house.db.factor.createMany({ data: rows });
}

describe("rotation", () => {
  test("seals everything anew, and afterwards the new key alone opens the house", async () => {
    const app = await withTotp(house.ctx, grace);
    await withRecoveryCodes(house.ctx, grace);
    await checkKeyring(house.db, during);
    const rotation = await rotated();
    expect(rotation).toMatchObject({ rotated: 12, damaged: [], left: 0, retired: ["one"] });
    expect(rotation.counts).toEqual([
      { column: "users.password_hash", key: "two", rows: 1 },
      { column: "factors.secret", key: "two", rows: 1 },
      { column: "recovery_codes.hash", key: "two", rows: 10 },
    ]);
    expect((await house.db.keyCheck.findMany()).map(({ keyId }) => keyId)).toEqual(["two"]);
    expect(await checkKeyring(house.db, after)).toBeNull();
    setSettings({ PORTAL_KEYS: testKeys.two });
    const factor = await house.db.factor.findFirstOrThrow();
    expect(unseal(factor.secret ?? "", secretSealedFor(grace.userId, app.factorId))).toBe(app.secret);
    const credentials = { identifier: grace.email, password: grace.password, deviceToken: null, returnTo: "/" };
    expect((await logInWithPassword(house.ctx, credentials)).next).toBe("answer");
    expect((await eventNames()).filter((name) => name.startsWith("keys."))).toEqual([
      "keys.rotation_begun",
      "keys.rotated",
    ]);
  });

  test("done twice changes nothing and records nothing more", async () => {
    await checkKeyring(house.db, during);
    await rotated();
    const rows = await house.db.user.findMany();
    const events = await eventNames();
    expect(await rotated()).toMatchObject({ rotated: 0, left: 0, retired: ["one"] });
    expect(await house.db.user.findMany()).toEqual(rows);
    expect(await eventNames()).toEqual(events);
  });

  test("goes on where an interrupted run ended, over several batches", async () => {
    await manyFactors(700, during);
    await manyFactors(800, before, 700);
    await checkKeyring(house.db, during);
    expect(await rotated()).toMatchObject({ rotated: 801, left: 0, damaged: [] });
    for (const { id, secret } of await house.db.factor.findMany()) {
      expect(unseal(secret ?? "", secretSealedFor(grace.userId, id), after)).toBe(String(Number(id.slice(4))));
    }
  });

  test("is refused before a portal has started with the new key: it could not open the result", async () => {
    const result = await rotateKeys(house.ctx, { by: "cli", ring: during });
    expect(result).toEqual({ kind: "refused", why: expect.stringContaining("Restart the portal") });
    expect(await countKeys(house.ctx)).toEqual([{ column: "users.password_hash", key: "one", rows: 1 }]);
  });

  test("is refused when the old key was taken away too early", async () => {
    await checkKeyring(house.db, during);
    expect(await rotateKeys(house.ctx, { by: "cli", ring: after })).toEqual({
      kind: "refused",
      why: expect.stringContaining(`"one"`),
    });
  });

  test("reports what no key opens, leaves it alone and keeps its key", async () => {
    await manyFactors(3, before);
    await manyFactors(1, during, 3);
    await checkKeyring(house.db, during);
    const damage = async (id: string, secret: string) => house.db.factor.update({ where: { id }, data: { secret } });
    const [first, second] = await house.db.factor.findMany({ orderBy: { id: "asc" } });
    await damage("many000000", `${first?.secret}AAAA`);
    await damage("many000001", first?.secret ?? ""); // a neighbour's: moved from another row
    await damage("many000002", "not sealed at all");
    await damage("many000003", (second?.secret ?? "").replace("v1.one.", "v1.two."));
    const rows = await house.db.factor.findMany();
    const rotation = await rotated();
    const ids = ["many000000", "many000001", "many000002", "many000003"];
    expect(rotation.damaged).toEqual(ids.map((id) => ({ column: "factors.secret", id, userId: grace.userId })));
    expect(rotation).toMatchObject({ rotated: 1, left: 3, retired: [] });
    expect(await house.db.factor.findMany()).toEqual(rows);
    expect(await checkKeyring(house.db, after)).toContain(`"one"`);
  });

  test("letters that wait are sealed anew too, also those to somebody without an account", async () => {
    setSettings({ MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
    await checkKeyring(house.db, during);
    const letter = {
      channel: "mail",
      to: "ada@example.test",
      language: "en",
      kind: "channel.test",
      facts: {},
    } as const;
    await queueLetters(house.ctx, [
      { ...letter, userId: null },
      { ...letter, userId: grace.userId },
    ]);
    expect(await rotated()).toMatchObject({ rotated: 5, damaged: [], left: 0 });
    for (const { id, destination, content } of await house.db.letter.findMany()) {
      expect(unseal(destination ?? "", letterSealedFor(id, "destination"), after)).toBe("ada@example.test");
      expect(unseal(content ?? "", letterSealedFor(id, "content"), after)).toBe("{}");
    }
  });

  test("a recovery code that waits for its app's confirmation is sealed anew, and good once that is given", async () => {
    const { actor } = await openSessionFor(house.ctx, grace);
    const binder = binderOf(actor);
    const { factorId } = await beginEnrolment(house.ctx, { binder, kind: "totp", replacesId: null, given: {} });
    const code = await handOutCode(house.ctx, { userId: grace.userId, factorId });
    await checkKeyring(house.db, during);
    expect((await rotated()).counts).toContainEqual({ column: "recovery_codes.hash", key: "two", rows: 1 });
    setSettings({ PORTAL_KEYS: testKeys.two });
    const secret = (await findPendingView(house.ctx, binder, "totp"))?.shown.secret ?? "";
    const given = { code: codeAt(secret, house.ctx.now) };
    await confirmEnrolment(house.ctx, { actor, kind: "totp", answer: given, label: "", defaultLabel: "App" });
    const pass = await atSecondDoor(house.ctx, grace.userId);
    expect((await answer(house.ctx, pass, "recovery", code)).userId).toBe(grace.userId);
  });

  test("a key for encrypted passwords is sealed anew, and what was encrypted under it opens as before", async () => {
    const key = await publicPasswordKey(house.ctx);
    const text = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(grace.password));
    await checkKeyring(house.db, during);
    const rotation = await rotated();
    expect(rotation).toMatchObject({ rotated: 2, damaged: [], left: 0, retired: ["one"] });
    expect(rotation.counts).toContainEqual({ column: "password_keys.secret", key: "two", rows: 1 });
    setSettings({ PORTAL_KEYS: testKeys.two });
    expect(await openPassword(house.ctx, text.toString("base64"))).toBe(grace.password);
    await house.db.passwordKey.updateMany({ data: { secret: "v1.two.a.b.c" } });
    const [damaged] = (await rotated(after)).damaged;
    expect(damaged).toMatchObject({ column: "password_keys.secret", userId: null });
  });
});

test("nothing that is written meanwhile is lost, whichever key the writer still uses", async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => makePerson(house.ctx)));
  await manyFactors(600, before);
  await checkKeyring(house.db, during);
  const last = new Map<string, string>();
  let isOver = false;
  const write = async ({ userId }: TestPerson, ring: Keyring) => {
    for (let count = 0; !isOver; count += 1) {
      const text = `${userId} ${count} ${systemRandom.id()}`;
      await house.db.user.update({
        where: { id: userId },
        data: { passwordHash: seal(text, passwordSealedFor(userId), ring) },
      });
      last.set(userId, text);
    }
    return last.size;
  };
  const writers = people.map((person, place) => write(person, place % 2 === 0 ? before : during));
  const first = await rotated();
  await manyFactors(5, before, 600);
  isOver = true;
  await Promise.all(writers);
  expect(first.damaged).toEqual([]);
  expect(await rotated()).toMatchObject({ left: 0, damaged: [] });
  for (const { id, passwordHash } of await house.db.user.findMany({ where: { id: { in: [...last.keys()] } } })) {
    expect(unseal(passwordHash ?? "", passwordSealedFor(id), after)).toBe(last.get(id));
    expect(sealedUnder(passwordHash ?? "")).toBe("two");
  }
});

test("what an instance with the old key writes behind the walk is found in the same run", async () => {
  await manyFactors(1, before);
  await checkKeyring(house.db, during);
  const { passwordHash } = await house.db.user.findFirstOrThrow();
  // The people are walked before their factors: this puts the old value back once they are done.
  await house.db.$executeRawUnsafe(`CREATE FUNCTION write_behind() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE users SET password_hash = '${passwordHash}'; RETURN NEW; END $$`);
  await house.db.$executeRawUnsafe(
    "CREATE TRIGGER write_behind AFTER UPDATE ON factors FOR EACH ROW EXECUTE FUNCTION write_behind()",
  );
  const rotation = await rotated();
  await house.db.$executeRawUnsafe("DROP FUNCTION write_behind CASCADE");
  expect(rotation).toMatchObject({ rotated: 3, left: 0, retired: ["one"] });
});

test("two rotations at once do each value once between them", async () => {
  await manyFactors(400, before);
  await checkKeyring(house.db, during);
  const both = await Promise.all([rotated(), rotated()]);
  expect(both.reduce((sum, each) => sum + each.rotated, 0)).toBe(401);
  expect(both.every(({ left, damaged }) => left === 0 && damaged.length === 0)).toBe(true);
});

test("every field that the schema calls sealed is rotated", () => {
  const schema = readFileSync(join(import.meta.dirname, "../../prisma/schema.prisma"), "utf8");
  const sealed: string[] = [];
  for (const [, body = ""] of schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
    const table = body.match(/@@map\("(\w+)"\)/)?.[1];
    if (table === "key_checks") continue; // one sentence per key: it must stay under its own
    for (const line of body.split("\n").filter((one) => /\/\/\/.*\bsealed\b/.test(one))) {
      sealed.push(`${table}.${line.match(/@map\("(\w+)"\)/)?.[1] ?? line.trim().split(/\s+/)[0]}`);
    }
  }
  expect(sealed.sort()).toEqual(sealedColumns.map(nameOf).sort());
});
