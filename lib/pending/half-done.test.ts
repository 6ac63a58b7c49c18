import { expect, test } from "vitest";
import { doDue } from "@/lib/pending/do-due";
import { strictly } from "@/lib/pending/pending.kit";
import { countAll, difference, dueChange, kindsOfChange, notOnce } from "@/lib/testing/due/every-kind";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";

const house = openHouse(sendingSettings);

/** The last statement of what is due fails, as for somebody who is killed before it. */
async function diesAtTheEnd(work: () => Promise<void>): Promise<void> {
  const { db } = house;
  await db.$executeRawUnsafe(
    "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$",
  );
  await db.$executeRawUnsafe(
    "CREATE TRIGGER die BEFORE INSERT ON security_events FOR EACH ROW WHEN (NEW.name = 'pending.done') EXECUTE FUNCTION die()",
  );
  await work();
  await db.$executeRawUnsafe("DROP TRIGGER die ON security_events");
  await db.$executeRawUnsafe("DROP FUNCTION die");
}

test.each(kindsOfChange)(
  "%s that dies at its last statement has left nothing, and is done and told once by whoever comes next",
  async (kind) => {
    await dueChange(house.ctx, kind);
    const before = await countAll(house.ctx);
    const faults: unknown[] = [];
    await diesAtTheEnd(() => doDue(house.ctx, { ...strictly, onFault: (fault) => faults.push(fault) }));
    expect(faults).toHaveLength(1);
    expect(difference(before, await countAll(house.ctx))).toEqual({});
    await doDue(house.ctx, strictly);
    await doDue(house.ctx, strictly);
    const left = difference(before, await countAll(house.ctx));
    await dueChange(house.ctx, kind);
    const undisturbed = await countAll(house.ctx);
    await doDue(house.ctx, strictly);
    expect(left).toEqual(difference(undisturbed, await countAll(house.ctx)));
    expect(notOnce(left)).toEqual([]);
  },
);
