import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  asked,
  backupOf,
  emptyPlaces,
  fillTown,
  inHouse,
  refusalIn,
  restoreInto,
  sumsOf,
} from "@/lib/backup/backup.kit";
import { checkKeyring } from "@/lib/crypto/canary";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { minutes } from "@/lib/kernel/duration";
import { neighbour } from "@/lib/portals/portals.kit";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { ringOf, setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
const emptyPlace = emptyPlaces();
/** Of one person, and of all of the town. */
let small: Buffer;
let large: Buffer;

beforeAll(async () => {
  await checkKeyring(house.db);
  await makeIndexKeys(house.db);
  const grace = await makePerson(house.ctx, { email: "grace@example.test", isAdmin: true });
  await withTotp(house.ctx, grace);
  await withRecoveryCodes(house.ctx, grace);
  small = await backupOf(house.ctx, house.url);
  await fillTown(house.url, 2_000);
  large = await backupOf(house.ctx, house.url);
});
beforeEach(() => setSettings(sendingSettings));

test.each([true, false])("2 000 people there and back, every row of theirs (bare database: %s)", async (bare) => {
  const url = await emptyPlace(bare);
  house.clock.move(minutes(5));
  const restored = await restoreInto(house.ctx, url, large);
  expect(restored).toMatchObject({ people: 2_001, migrated: [], codesVoided: 1, told: 2_001 });
  expect(await sumsOf(url)).toEqual(await sumsOf(house.url));
  const [next] = await asked(url, "SELECT nextval('security_events_id_seq') > max(id) AS fresh FROM security_events");
  expect(next).toEqual([{ fresh: true }]);
});

describe("a restore is refused, and changes nothing,", () => {
  test("into a full house, also into the one that it has just filled", async () => {
    const url = await emptyPlace();
    await restoreInto(house.ctx, url, small);
    const before = await sumsOf(url);
    expect(await refusalIn(restoreInto(house.ctx, url, small))).toBe("restore.full_house");
    expect(await sumsOf(url)).toEqual(before);
  });

  test("beside a living portal", async () => {
    const url = await emptyPlace();
    await inHouse(url, house.clock, (ctx) => neighbour(ctx));
    expect(await refusalIn(restoreInto(house.ctx, url, small))).toBe("restore.living_portal");
  });

  test("where somebody else's table lies", async () => {
    const url = await emptyPlace();
    await asked(url, "CREATE TABLE guests (name text)");
    expect(await refusalIn(restoreInto(house.ctx, url, small))).toBe("restore.foreign_tables");
    expect(await asked(url, "SELECT count(*) FROM guests")).toEqual([[{ count: "0" }]]);
  });

  test("with keys that do not open it: none of that name, another of that name, one of those inside missing", async () => {
    const url = await emptyPlace();
    expect(await refusalIn(restoreInto(house.ctx, url, small, { ring: ringOf("two") }))).toBe("backup.key_missing");
    const sameName = { ...ringOf("two"), primary: "one", ids: ["one"] };
    const other = {
      ...sameName,
      derive: (_: string, use: Parameters<typeof sameName.derive>[1]) => ringOf("two").derive("two", use),
    };
    expect(await refusalIn(restoreInto(house.ctx, url, small, { ring: other }))).toBe("backup.key_other");
    const sealedByTwo = await backupOf(house.ctx, house.url, ringOf("two", "one"));
    expect(await refusalIn(restoreInto(house.ctx, url, sealedByTwo, { ring: ringOf("two") }))).toBe("restore.keys");
    expect(await asked(url, "SELECT count(*) FROM users")).toEqual([[{ count: "0" }]]);
  });

  test.each([0.2, 0.6, 0.999])(
    "damaged or cut at %d of its length, and the whole one comes back afterwards",
    async (share) => {
      const url = await emptyPlace();
      const place = Math.floor(large.length * share);
      const flipped = Buffer.from(large);
      flipped[place] = (flipped[place] ?? 0) ^ 1;
      expect(await refusalIn(restoreInto(house.ctx, url, flipped))).toBe("backup.damaged");
      expect(await refusalIn(restoreInto(house.ctx, url, large.subarray(0, place)))).toBe("backup.cut");
      const left = await asked(
        url,
        "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM security_events) AS left",
      );
      expect(left).toEqual([[{ left: "0" }]]);
      expect(await restoreInto(house.ctx, url, large)).toMatchObject({ people: 2_001 });
    },
  );

  test("with a new key in front it is not", async () => {
    const url = await emptyPlace();
    expect(await restoreInto(house.ctx, url, small, { ring: ringOf("two", "one") })).toMatchObject({ people: 1 });
  });
});
