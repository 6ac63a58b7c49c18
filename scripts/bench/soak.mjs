import { isVerified, kinds, verifyRequest } from "./kinds.mjs";
import { latenciesOf, load } from "./load.mjs";
import { memoryOf } from "./process-cost.mjs";

const people = 6000; // whose turn comes again after more than the half minute that a code is good for
const ahead = 1000; // logins that are kept open for what comes next
const atOnce = 250;

/**
 * `minutes` of one steady load by `clients` clients: of four requests one verifies a code, one opens the login page, two the security page. `tell` hears a
 * line each minute. Out: each minute's figures and the whole's, with resident MiB at the beginning and at the end.
 */
export async function runSoak(house, { minutes, clients }, tell) {
  const mix = await mixOf(house);
  const [begin, each, times] = [memoryOf(house.portal.pid), [], []];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const until = performance.now() + 60_000;
    const next = () => (performance.now() < until ? mix.request() : null);
    const { times: taken, ...part } = await load({ port: house.portal.port, clients, next, judge: mix.judge });
    for (const ms of taken) times.push(ms);
    each.push({ ...part, failed: part.failed.length, mib: memoryOf(house.portal.pid) });
    tell(
      `minute ${minute}: ${Math.round(part.perSecond)}/s, p99 ${Math.round(part.p99)} ms, ${part.failed.length} failed`,
    );
  }
  await mix.end();
  return {
    minutes,
    clients,
    each,
    whole: { n: times.length, ...latenciesOf(times) },
    memory: { begin, end: each.at(-1).mib },
  };
}

/** Requests in their order, kept up with logins to be verified: while none is open, a page is asked for in place of a code. */
async function mixOf(house) {
  const cast = await house.people.makeBenchPeople(house.ctx, people);
  const page = await kinds.loginPage.prepare(house);
  const own = await kinds.security.prepare(house, cast.slice(0, 100));
  const [open, codes] = [[], new WeakSet()];
  let [at, sent, filling] = [0, 0, null];
  const fill = async () => {
    const persons = Array.from({ length: atOnce }, (_, n) => cast[(at + n) % people]);
    at = (at + atOnce) % people;
    const tokens = await house.people.openLogins(house.ctx, persons);
    for (const [n, token] of tokens.entries()) open.push([persons[n], token]);
  };
  const keepAhead = () => {
    if (open.length >= ahead || filling !== null) return;
    filling = fill().finally(() => {
      filling = null;
    });
  };
  while (open.length < ahead) await fill();
  const request = () => {
    sent += 1;
    keepAhead();
    const login = sent % 4 === 0 ? open.shift() : undefined;
    if (login === undefined) return sent % 4 === 1 ? page.request(sent) : own.request(sent);
    const bytes = verifyRequest(house, ...login);
    codes.add(bytes);
    return bytes;
  };
  const verified = isVerified(house);
  const judge = (answer, asked) => (codes.has(asked) ? verified(answer) : own.judge(answer));
  return { request, judge, end: async () => filling };
}
