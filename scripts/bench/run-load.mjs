import { kinds } from "./kinds.mjs";
import { load } from "./load.mjs";
import { cpuAlone, cpuOf, cpuOfMainThread } from "./process-cost.mjs";

/** Fewer answers than this tell nothing about one in a hundred. */
const enoughForP99 = 1500;

/**
 * Runs `count` requests of one kind and says what they cost: answers a second, latencies in ms, failures, and CPU ms an answer of the portal, of its main
 * thread, and of the database with all its processes. `persons` are as many as the kind takes.
 */
export async function runLoad(kind, house, { persons, count, clients }) {
  const { request, judge } = await kinds[kind].prepare(house, persons);
  let sent = 0;
  const next = () => (sent < count ? request(sent++) : null);
  const { pid } = house.portal;
  const used = () => [cpuAlone(pid), cpuOfMainThread(pid), house.postgres === null ? 0 : cpuOf(house.postgres)];
  const before = used();
  const { answers, failed, perSecond, p50, p95, p99 } = await load({ port: house.portal.port, clients, next, judge });
  const [portal, main, database] = used().map((value, at) => (value - before[at]) / answers);
  return {
    n: answers,
    perSecond,
    p50,
    p95,
    p99: answers < enoughForP99 ? null : p99,
    failed: failed.length,
    firstFailure: failed[0] ?? null,
    cpu: { portal, main, database },
  };
}
