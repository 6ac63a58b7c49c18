import { describe, expect, test } from "vitest";
import { type Duration, days, hours, later, seconds } from "@/lib/kernel/duration";
import { doDue } from "@/lib/pending/do-due";
import { lookOnce } from "@/lib/pending/due-runner";
import { askToRemove, carry, lastChange, look, someone } from "@/lib/pending/pending.kit";
import { lettersOf, sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";

const house = openHouse(sendingSettings);

describe("what is due", () => {
  async function almostDue(): Promise<void> {
    await carry(house);
    await look(house);
    house.clock.move(hours(24));
  }

  test("is judged anew: what is not possible any more is refused, told, and never tried again", async () => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    await almostDue();
    await house.db.user.update({ where: { id: ada.person.userId }, data: { policy: { demand: "on" } } });
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({
      state: "REFUSED",
      why: "factors.last_one",
      data: null,
    });
    const told = (await lettersOf(house.ctx, ada.person.userId)).filter(({ kind }) => kind === "change.refused");
    expect(told).toHaveLength(1);
    await house.db.user.update({ where: { id: ada.person.userId }, data: { policy: {} } });
    await look(house);
    expect(await house.db.factor.count({ where: { userId: ada.person.userId } })).toBe(1);
  });

  test("rests while the hour cannot be trusted, and where the database's clock has leapt before anybody noticed", async () => {
    const ada = await someone(house);
    await askToRemove(house, ada);
    await carry(house);
    await look(house);
    const lookApart = (apart: Duration, mayDecide = true) =>
      lookOnce({
        context: () => house.ctx,
        databaseClock: async () => later(house.ctx.now, apart),
        mayDecide: () => mayDecide,
        onFault: () => undefined,
      });
    await lookApart(days(1));
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING" });
    house.clock.move(hours(24));
    await lookApart(seconds(0), false);
    await lookApart(seconds(-31));
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING" });
    await lookApart(seconds(0));
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "DONE" });
  });

  test("of one account that fails by a fault of ours holds up no other, and is tried again", async () => {
    const [ada, grace] = [await someone(house), await someone(house)];
    await askToRemove(house, ada);
    await askToRemove(house, grace);
    await almostDue();
    const guard = `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.user_id = '${ada.person.userId}' THEN RAISE 'broken'; END IF; RETURN OLD; END $$`;
    await house.db.$executeRawUnsafe(guard);
    await house.db.$executeRawUnsafe(
      "CREATE TRIGGER fail BEFORE DELETE ON factors FOR EACH ROW EXECUTE FUNCTION fail()",
    );
    const faults: unknown[] = [];
    await doDue(house.ctx, { mayDecide: () => true, onFault: (fault) => faults.push(fault) });
    await house.db.$executeRawUnsafe("DROP TRIGGER fail ON factors");
    await house.db.$executeRawUnsafe("DROP FUNCTION fail");
    expect(faults).toHaveLength(1);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "WAITING" });
    expect(await lastChange(house, grace.person.userId)).toMatchObject({ state: "DONE" });
    await look(house);
    expect(await lastChange(house, ada.person.userId)).toMatchObject({ state: "DONE" });
  });

  test("of many, or looked for by two portals at once, is done once each", async () => {
    const people = await Promise.all([someone(house), someone(house), someone(house)]);
    for (const ada of people) await askToRemove(house, ada);
    await carry(house);
    await look(house);
    house.clock.move(hours(24));
    await Promise.all([look(house), look(house), look(house)]);
    for (const { person } of people) {
      const events = await house.db.securityEvent.findMany({
        where: { subjectId: person.userId, name: "factor.removed" },
      });
      expect(events).toHaveLength(1);
    }
  });
});
