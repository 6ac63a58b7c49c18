import { ledTo, openBrowser } from "./browser.mjs";
import { cpuAlone, cpuOf } from "./process-cost.mjs";
import { actionRequest, nextAddress } from "./request.mjs";
import { totp } from "./totp.mjs";

/**
 * Whole logins with their pages, as browsers make them: the login page, the password, the page of the second door, the code, and the page that was
 * wanted; documents only. Out: how many, requests of a login (the wanted page not counted), failures, and CPU ms for each, the wanted page counted.
 */
export async function runFullLogins(house, { persons, clients }) {
  const before = [cpuAlone(house.portal.pid), cpuOf(house.postgres)];
  const begun = performance.now();
  const done = { requests: 0, logins: 0, failed: [] };
  let next = 0;
  const client = async () => {
    for (let n = next++; n < persons.length; n = next++) await logInAs(house, persons[n], done);
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  const [portal, database] = [cpuAlone(house.portal.pid) - before[0], cpuOf(house.postgres) - before[1]];
  return {
    n: done.logins,
    requests: done.requests / done.logins,
    perSecond: done.logins / seconds,
    failed: done.failed.length,
    firstFailure: done.failed[0] ?? null,
    cpu: { portal: portal / done.logins, database: database / done.logins },
  };
}

async function logInAs({ portal, people, actions }, person, done) {
  const ip = nextAddress();
  const browser = await openBrowser({ portal, ip });
  const submit = async (path, action, fields) => {
    const request = { origin: portal.origin, path, action, fields, cookie: browser.cookie(), ip };
    const answer = await browser.send(actionRequest(request));
    const target = ledTo(answer, portal.origin);
    if (target === null) throw new Error(`${path} answered a form with ${answer.status} and led nowhere`);
    return target;
  };
  try {
    const password = { identifier: person.email, password: people.benchPassword, returnTo: "/security" };
    const door = await browser.open("/login");
    const second = await browser.open(await submit(door.path, actions.login, password));
    const wanted = await submit(second.path, actions.verify, { kind: "totp", code: totp(person.secret) });
    done.requests += browser.requests();
    const page = await browser.open(wanted);
    if (page.status !== 200 || page.path !== "/security") throw new Error(`it ended at ${page.path} (${page.status})`);
  } catch (fault) {
    done.failed.push(fault.message);
  } finally {
    done.logins += 1;
    browser.close();
  }
}
