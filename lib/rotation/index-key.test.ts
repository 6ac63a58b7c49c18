import { beforeEach, expect, test } from "vitest";
import { checkKeyring } from "@/lib/crypto/canary";
import { handleOf } from "@/lib/crypto/factor-secret";
import { makeIndexKeys, openIndexKeys } from "@/lib/crypto/index-keys";
import { sealedUnder } from "@/lib/crypto/seal";
import { neighbour } from "@/lib/portals/portals.kit";
import { rotateKeys } from "@/lib/rotation/rotate-keys";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withAddress } from "@/lib/testing/test-context";
import { ringOf } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
const [before, during, after] = [ringOf("one"), ringOf("two", "one"), ringOf("two")];
const rotate = () => rotateKeys(house.ctx, { by: "cli", ring: during });
const checks = async () => (await house.db.keyCheck.findMany({ orderBy: { keyId: "asc" } })).map(({ keyId }) => keyId);

beforeEach(async () => {
  await house.db.$executeRaw`TRUNCATE key_checks, index_keys, portals, users CASCADE`;
  await checkKeyring(house.db, before);
  await makeIndexKeys(house.db, before);
});

test("no rotation changes a handle: the index key is sealed anew and stays what it is", async () => {
  await openIndexKeys(house.db, before);
  const factorId = await withAddress(house.ctx, await makePerson(house.ctx), "sms", "+12025550143");
  const handle = async () => (await house.db.factor.findUniqueOrThrow({ where: { id: factorId } })).handle;
  const found = await handle();
  await checkKeyring(house.db, during);
  expect(await rotate()).toMatchObject({ kind: "rotated", rotation: { left: 0, damaged: [], retired: ["one"] } });
  const rows = await house.db.indexKey.findMany();
  expect(rows.map(({ sealed }) => sealedUnder(sealed))).toEqual(rows.map(() => "two"));
  expect(await openIndexKeys(house.db, after)).toBeNull();
  expect([await handle(), handleOf("sms", "+12025550143")]).toEqual([found, found]);
});

test("the key that a living portal has in front keeps its check, and is named; the next rotation forgets it", async () => {
  const other = await neighbour(house.ctx, { keyIds: ["one", "two"] });
  await checkKeyring(house.db, during);
  expect(await rotate()).toMatchObject({
    rotation: { left: 0, inFront: [{ portal: other.name, key: "one" }], retired: [] },
  });
  expect(await checks()).toEqual(["one", "two"]);
  await house.db.portal.update({ where: { id: other.id }, data: { keyIds: ["two", "one"] } });
  expect(await rotate()).toMatchObject({ rotation: { inFront: [], retired: ["one"] } });
  expect(await checks()).toEqual(["two"]);
});
