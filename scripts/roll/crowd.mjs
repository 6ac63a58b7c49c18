import { setTimeout as pause } from "node:timers/promises";
import { aVisitor } from "./visitor.mjs";

/** A code is good for one use: nobody logs in again before the next one. */
const rest = 61_000;
const lookers = 12;

/**
 * Puts logins, enrolments and looks of twelve who are signed in on the portals, without pause, until it is stopped. Out: `counts`; `faults`, a
 * sentence each; `logAllIn`, for the twelve to log in anew; `hold(count)`: so many stand between the doors and as many have begun to bind an
 * address, until what it gives back is called; `stop`.
 */
export async function crowd(house) {
  const { logIn, begin, passFirst } = await cast(house);
  const counts = { logins: 0, enrolments: 0, looks: 0, held: 0 };
  const faults = [];
  const counted = (what, work) => () =>
    work().then(
      () => {
        counts[what] += 1;
      },
      (fault) => void faults.push(`${what}: ${fault.message}`),
    );
  let signedIn = [];
  const logAllIn = async () => {
    signedIn = await several(lookers, logIn);
  };
  await logAllIn();
  let isOver = false;
  const goOn = async (what, wait, work) => {
    for (const once = counted(what, work); !isOver; await pause(wait)) await once();
  };
  const going = [
    goOn("logins", 200, logIn),
    goOn("logins", 200, logIn),
    goOn("enrolments", 1_000, async () => (await begin()).confirmEnrolment()),
    goOn("looks", 200, () => signedIn[counts.looks % lookers].look()),
  ];
  const hold = async (count) => {
    const [between, binding] = [[], []];
    await several(
      count,
      counted("held", async () => void between.push(await passFirst())),
    );
    await several(
      count,
      counted("held", async () => void binding.push(await begin())),
    );
    return async () => {
      for (const { passSecondDoor } of between) await counted("held", passSecondDoor)();
      for (const { confirmEnrolment } of binding) await counted("held", confirmEnrolment)();
    };
  };
  const stop = async () => {
    isOver = true;
    await Promise.all(going);
  };
  return { counts, faults, logAllIn, hold, stop };
}

async function several(count, work) {
  const done = [];
  while (done.length < count) done.push(await work());
  return done;
}

/** Who comes: people who log in again and again, and people who bind an address, which ends their other sessions, and do not come again. */
async function cast(house) {
  const fresh = await house.people.makeBenchPeople(house.ctx, 600);
  const binders = await house.people.makeBenchPeople(house.ctx, 900);
  const rested = [];
  const next = async () => {
    if (rested.length > 0 && performance.now() - rested[0].at > rest) return rested.shift().person;
    if (fresh.length > 0) return fresh.shift();
    await pause(200);
    return next();
  };
  const enter = async (person) => {
    const visitor = await aVisitor(house, person);
    await visitor.passFirstDoor();
    await visitor.passSecondDoor();
    return visitor;
  };
  const logIn = async () => {
    const person = await next();
    const visitor = await enter(person);
    rested.push({ person, at: performance.now() });
    return visitor;
  };
  const begin = async () => {
    const visitor = await enter(binders.shift());
    await visitor.beginEnrolment();
    return visitor;
  };
  const passFirst = async () => {
    const visitor = await aVisitor(house, await next());
    await visitor.passFirstDoor();
    return visitor;
  };
  return { logIn, begin, passFirst };
}
