import { expect, test } from "vitest";
import { days, minutes } from "@/lib/kernel/duration";
import { aCode, aNotice, bothChannels, carryAll } from "@/lib/letters/letters.kit";
import { queueLetters } from "@/lib/letters/queue-letters";
import { sweep } from "@/lib/sweep/sweep";
import { sortingOffice } from "@/lib/testing/letters/sorting-office";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse(bothChannels);

test("what has left goes after a week, what was given up after a month, and nothing keeps its content for longer than it may", async () => {
  const { userId } = await makePerson(house.ctx);
  const expiresAt = new Date(house.ctx.now.getTime() + minutes(5));
  await queueLetters(house.ctx, [aNotice(1, { userId }), aNotice(2, { userId, to: "dead@example.test" })]);
  await house.db.$executeRaw`UPDATE letters SET tries = 7 WHERE seq = (SELECT max(seq) FROM letters)`;
  const office = sortingOffice(({ to }) =>
    to.startsWith("dead") ? { kind: "later", reason: "busy" } : { kind: "sent" },
  );
  await carryAll(house.ctx, office.ways);
  await queueLetters(house.ctx, [aCode("482913", { userId, expiresAt })]); // its channel was switched off: no outbox worker comes
  const swept = async () => {
    const { letters, letterContents } = await sweep(house.ctx);
    return { letters, letterContents, kept: await house.db.letter.count({ where: { content: { not: null } } }) };
  };

  expect(await swept()).toEqual({ letters: 0, letterContents: 0, kept: 2 });
  house.clock.move(minutes(6));
  expect(await swept()).toEqual({ letters: 0, letterContents: 1, kept: 1 });
  house.clock.move(days(7));
  expect(await swept()).toEqual({ letters: 1, letterContents: 1, kept: 0 });
  house.clock.move(days(22));
  expect(await swept()).toMatchObject({ letters: 0 });
  house.clock.move(days(2));
  expect(await swept()).toMatchObject({ letters: 2 });
  expect(await house.db.letter.count()).toBe(0);
});
