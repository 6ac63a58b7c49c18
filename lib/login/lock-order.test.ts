import { expect, test } from "vitest";
import { inShortTransaction, sql } from "@/lib/context/context";
import { passwordCounter } from "@/lib/login/password-counter";
import { knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { untilSomebodyWaits } from "@/lib/testing/until-somebody-waits";
import { bucketKey } from "@/lib/throttle/bucket";
import { resetCounter } from "@/lib/throttle/reset-tries";
import { resetAccountTries } from "@/lib/users/password/store";
import { findAccount } from "@/lib/users/store";

const house = openHouse();

test("a right password and a guess at the same moment wait for each other's rows in the same order", async () => {
  const person = await makePerson(house.ctx);
  expect(await refused(knock(house.stranger(), person, { password: "a first guess" }))).toBe("login.wrong");
  const guess = await inShortTransaction(house.ctx, async (tx) => {
    await resetAccountTries(tx, person.userId); // the first write of every success
    const guessing = refused(knock(house.stranger(), person, { password: "another guess" }));
    await untilSomebodyWaits(tx);
    const counter = bucketKey("password.strangers", person.userId);
    await sql(tx).$queryRaw`SELECT FROM buckets WHERE key = ${counter} FOR UPDATE NOWAIT`; // a guess that held it would be waited for in a circle
    await resetCounter(tx, counter); // and its last
    return { guessing };
  });
  expect(await guess.guessing).toBe("login.wrong");
  const account = await findAccount(house.ctx, person.userId);
  expect(account?.passwordFailures).toBe(1);
  const { key } = passwordCounter(account, person.email, null);
  expect(await house.db.bucket.findUnique({ where: { key } })).toMatchObject({ fails: 1 });
});
