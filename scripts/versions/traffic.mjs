import { setTimeout as pause } from "node:timers/promises";
import { nextAddress } from "../bench/request.mjs";
import { totp } from "../bench/totp.mjs";

/** Between two looks of somebody who is logged in, and between two logins of one visitor. In milliseconds. */
const breath = 250;

/**
 * People who are logged in and look at their page again and again, and people who log in through both doors, each request at another of the portals that
 * live: every page is drawn by one and its form answered by another. `living`: their ports, which may change. `sessions`: browsers that are logged in.
 * Out: what was asked so far, and how to end it.
 */
export function startTraffic({ living, openBrowser, sessions, people, password, visitors }) {
  const tally = { looks: 0, logins: 0, signedOut: [], refused: [] };
  let [isOver, turn] = [false, 0];
  const port = () => {
    turn += 1;
    return living[turn % living.length];
  };
  const look = async (browser) => {
    const page = await browser.open(port(), "/security");
    tally.looks += 1;
    if (page.status !== 200 || page.path !== "/security") tally.signedOut.push(`${page.path} (${page.status})`);
  };
  const logIn = async (person) => {
    const page = await throughBothDoors({ browser: openBrowser(nextAddress()), port, person, password });
    tally.logins += 1;
    if (page.status !== 200 || page.path !== "/security") tally.refused.push(`${page.path} (${page.status})`);
  };
  const again = async (work) => {
    while (!isOver && (await work()) !== null) await pause(breath);
  };
  const told = (list, work) => () => work().catch((fault) => list.push(fault.message));
  const next = () => people.pop() ?? null;
  const all = [
    ...sessions.map((browser) => again(told(tally.signedOut, () => look(browser)))),
    ...Array.from({ length: visitors }, () =>
      again(() => {
        const person = next();
        return person === null ? null : told(tally.refused, () => logIn(person))();
      }),
    ),
  ];
  const end = async () => {
    isOver = true;
    await Promise.all(all);
  };
  return { tally, end };
}

/** A whole login in a browser without scripts. `port`: gives the portal for each request. Out: the page that it ends at. */
export async function throughBothDoors({ browser, port, person, password }) {
  const challenge = await throughFirstDoor({ browser, port, person, password });
  return browser.submit(port(), challenge, 'name="code"', { code: totp(person.secret) });
}

/** Out: the page of the second door. */
export async function throughFirstDoor({ browser, port, person, password }) {
  const login = await browser.open(port(), "/login");
  return browser.submit(port(), login, 'name="identifier"', { identifier: person.email, password });
}
