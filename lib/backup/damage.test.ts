import { beforeAll, expect, test } from "vitest";
import { backupOf, inOddPieces, refusalIn, restoreInto } from "@/lib/backup/backup.kit";
import { verifyBackup } from "@/lib/backup/read-backup";
import { checkKeyring } from "@/lib/crypto/canary";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse();
let backup: Buffer;

beforeAll(async () => {
  await checkKeyring(house.db);
  await makePerson(house.ctx, { email: "ada@example.test" });
  backup = await backupOf(house.ctx, house.url);
});

const verdict = (bytes: Buffer) => refusalIn(verifyBackup(inOddPieces(bytes)));

/** Forty places over the whole file, the first and the last byte among them. */
const places = () => Array.from({ length: 40 }, (_, n) => Math.floor((n * (backup.length - 1)) / 39));

test("whole it verifies, and says what it is", async () => {
  const found = await verifyBackup(inOddPieces(backup));
  expect(found).toMatchObject({ keyId: "one", about: { at: house.ctx.now.toISOString(), keyIds: ["one"] } });
  expect(found.rows).toBeGreaterThan(1);
});

test("one flipped bit anywhere is found", async () => {
  for (const place of places()) {
    const damaged = Buffer.from(backup);
    damaged[place] = (damaged[place] ?? 0) ^ 1;
    expect(await verdict(damaged)).toMatch(/^backup\.(?:damaged|cut|foreign|newer_format|key_missing|key_other)$/);
  }
});

test("cut off anywhere, or with something behind its end, it is found to be", async () => {
  for (const place of places().slice(1))
    expect(await verdict(backup.subarray(0, place))).toMatch(/^backup\.(?:cut|foreign)$/);
  expect(await verdict(Buffer.concat([backup, Buffer.from([0])]))).toBe("backup.damaged");
});

test("no file of a portal at all is called that", async () => {
  expect(await verdict(Buffer.from("PK\u0003\u0004 something else\n"))).toBe("backup.foreign");
  expect(await verdict(Buffer.alloc(0))).toBe("backup.foreign");
  expect(await verdict(Buffer.from("sallyport-backup 2 one x y\n"))).toBe("backup.newer_format");
});

test("a migration that this version does not have refuses it by name", async () => {
  await house.db.$executeRaw`
    INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', ${"0".repeat(64)}, '9999_from_tomorrow', now())`;
  try {
    const tomorrow = await backupOf(house.ctx, house.url);
    await expect(restoreInto(house.ctx, house.url, tomorrow)).rejects.toThrow("9999_from_tomorrow");
  } finally {
    await house.db.$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'x'`;
  }
});
