import { setTimeout as pause } from "node:timers/promises";
import { exchange, open } from "../bench/load.mjs";
import { startSecond } from "../bench/portal.mjs";
import { getRequest, nextAddress } from "../bench/request.mjs";
import { say } from "../say.mjs";
import { portalCommandOn, visit } from "./follow-night.mjs";
import { comeBack, mustFail, nextCode } from "./nights.mjs";

/**
 * Restores a backup of the house of `before` into the empty database `url` and lives there: a portal, `persons` who come in with their factors, `check`. What was spent or ended must open nothing: a code of
 * the moment of the restore, and the cookie of a session of before. Throws a sentence where one of it is not so. Out: how long the restore took and how many came in.
 */
export async function liveIn({ copy, before, url, backup, people, persons, oldCookie }) {
  const settings = { DATABASE_URL: url };
  const begun = performance.now();
  say(await portalCommandOn(copy, settings, "restore", backup));
  const seconds = (performance.now() - begun) / 1000;
  const portal = await startSecond(copy, url, before.origin);
  const scene = { folder: copy, portal, people };
  try {
    await spentCodeIsRefused(scene, persons[0]);
    await endedSessionIsDead(before, portal, oldCookie);
    await pause(nextCode);
    for (const person of persons) await comeBack(scene, person);
    say(await portalCommandOn(copy, settings, "check"));
  } finally {
    await portal.stop();
  }
  return { seconds, people: persons.length };
}

/** Nobody knows whether a code of that moment was used since the backup, so it counts as used. */
async function spentCodeIsRefused(scene, person) {
  const visitor = await visit(scene, person);
  await visitor.passFirstDoor();
  await mustFail("a code that may be spent opened the second door", () => visitor.passSecondDoor(false), "led nowhere");
  visitor.close();
}

/** Under the same address, so that it is the same cookie; and it was alive until now, in the house of before. */
async function endedSessionIsDead(before, portal, cookie) {
  const alive = await securityPage(before, cookie);
  if (alive.status !== 200) throw new Error(`the session of before was not alive: ${alive.status}`);
  const { status, head } = await securityPage(portal, cookie);
  if (status === 200 || !/\r\nlocation: [^\r]*\/login/i.test(head))
    throw new Error(`a session of before answered ${status}`);
}

async function securityPage({ port, origin }, cookie) {
  const line = await open(port);
  const answer = await exchange(line, getRequest({ origin, path: "/security", cookie, ip: nextAddress() }));
  line.destroy();
  return answer;
}
