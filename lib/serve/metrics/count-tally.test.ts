import { afterEach, beforeEach, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { claimLogin } from "@/lib/challenge/claim-login";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { minutes } from "@/lib/kernel/duration";
import { tally } from "@/lib/kernel/tally";
import { policy } from "@/lib/policy/policy";
import { countTallies } from "@/lib/serve/metrics/count-tally";
import { linesIn, valueAt } from "@/lib/serve/metrics/metrics.kit";
import { type Metrics, makeMetrics } from "@/lib/serve/metrics/registry";
import { answer } from "@/lib/testing/second-door";
import { aloud, atSecondDoor, knock, openHouse, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { until } from "@/lib/testing/until";

const house = openHouse();
const place: { metrics: Metrics; stop: () => void } = {
  metrics: makeMetrics({ route: [], version: [] }, false),
  stop: () => {},
};
const somebody = (): Ctx => aloud(house.stranger());
const told = async (series: string) => valueAt(await place.metrics.text(), series);

beforeEach(() => {
  place.metrics = makeMetrics({ route: [], version: [] }, false);
  place.stop = countTallies(place.metrics);
});
afterEach(() => place.stop());

test("logins are counted by their way and by what became of them, and nobody's name is in it", async () => {
  const name = '"}ada{way="feigned"}\n@example.test';
  const grace = await makePerson(house.ctx, { username: "grace_hopper" });
  const app = await withTotp(house.ctx, grace);
  const ada = await makePerson(house.ctx);
  await refused(knock(somebody(), { ...ada, email: name }));
  await refused(knock(somebody(), ada, { password: "hunter2 hunter2 hunter2" }));
  await claimLogin(somebody(), (await knock(somebody(), ada)).pass);
  const { pass } = await knock(somebody(), { ...grace, email: "grace_hopper" });
  await refused(answer(somebody(), pass, "totp", wrongCode(app.secret, house.clock.now())));
  const code = app.codeAt(house.clock.now());
  await answer(somebody(), pass, "totp", code);
  await claimLogin(somebody(), pass);

  expect(await told('sallyport_logins_total{way="password",result="refused"}')).toBe(2);
  expect(await told('sallyport_logins_total{way="password",result="opened"}')).toBe(1);
  expect(await told('sallyport_logins_total{way="totp",result="refused"}')).toBe(1);
  expect(await told('sallyport_logins_total{way="totp",result="opened"}')).toBe(1);
  expect(await told('sallyport_challenge_answers_total{purpose="login",kind="totp",result="wrong"}')).toBe(1);
  expect(await told('sallyport_challenge_answers_total{purpose="login",kind="totp",result="right"}')).toBe(1);
  expect(await told('sallyport_events_total{event="session.opened",result="ok"}')).toBe(2);
  const text = await place.metrics.text();
  const hidden = [name, "feigned", "ada", "grace", "hunter2", code, app.secret, pass.challengeId, pass.tokenId, "10."];
  for (const one of [...hidden, grace.userId, ada.userId, ada.email]) expect(text).not.toContain(one);
});

test("what was undone was not counted", async () => {
  const undone = inTransaction(aloud(house.ctx), async (tx) => {
    await recordEvent(tx, { name: "factor.renamed", subjectId: "x", meta: { kind: "totp", factor: "f" } });
    throw new Error("The deed failed.");
  });
  await expect(undone).rejects.toThrow();
  expect(await told('sallyport_events_total{event="factor.renamed",result="ok"}')).toBe(0);
});

test("an event that stands for many counts for all of them", async () => {
  const from = { ...somebody(), visitor: { ip: "192.0.2.200", agent: "" } };
  const { most } = policy.requests.refusalsPerAddress;
  const ask = () => recordRefusedAccess(from, { name: "authz.refused", subjectId: null, meta: { what: "factor" } });
  for (let time = 0; time < most + 5; time += 1) await ask();
  const series = 'sallyport_events_total{event="authz.refused",result="refused"}';
  expect(await told(series)).toBe(most);
  house.clock.move(minutes(10));
  const later = { ...from, now: house.clock.now() };
  await recordRefusedAccess(later, { name: "authz.refused", subjectId: null, meta: { what: "factor" } });
  expect(await told(series)).toBe(most + 6);
});

test("a passkey that is refused at the first door is a login that was refused", async () => {
  const meta = { reason: "passkey.wrong" };
  await recordRefused(somebody(), { name: "login.passkey_refused", subjectId: null, actorId: null, meta });
  expect(await told('sallyport_logins_total{way="passkey",result="refused"}')).toBe(1);
});

test("a counter that is full is counted by its name, each time, though only the first is an event", async () => {
  const ctx = somebody();
  for (let time = 0; time < 34; time += 1)
    await knock(ctx, { ...(await nobody()), email: `nobody${time}@example.test` }).catch(() => undefined);
  expect(await told('sallyport_counters_full_total{counter="address.near"}')).toBe(4);
  expect(await told('sallyport_logins_total{way="password",result="throttled"}')).toBe(4);
});

test("a flood at one account is counted try by try, at both doors and at the current password, though only the first refusal of a wait is an event", async () => {
  const [ada, grace] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const password = "hunter2 hunter2 hunter2";
  for (let time = 0; time < 5 + 20; time += 1) await refused(knock(somebody(), ada, { password }));
  expect(await told('sallyport_logins_total{way="password",result="refused"}')).toBe(5);
  expect(await told('sallyport_logins_total{way="password",result="throttled"}')).toBe(20);
  expect(await told('sallyport_events_total{event="login.throttled",result="refused"}')).toBe(1);

  const app = await withTotp(house.ctx, grace);
  for (let time = 0; time < 10 + 20; time += 1) {
    const pass = await atSecondDoor(somebody(), grace.userId);
    await refused(answer(somebody(), pass, "totp", wrongCode(app.secret, house.clock.now())));
  }
  const answers = (result: string) =>
    told(`sallyport_challenge_answers_total{purpose="login",kind="totp",result="${result}"}`);
  expect([await answers("wrong"), await answers("throttled")]).toEqual([10, 20]);
  expect(await told('sallyport_logins_total{way="totp",result="throttled"}')).toBe(20);

  const { actor } = await openSessionFor(house.ctx, await makePerson(house.ctx));
  const change = () => changePassword(somebody(), { actor, current: password, next: "nine slow ferries to nowhere" });
  for (let time = 0; time < 15 + 20; time += 1) await refused(change());
  const current = (result: string) => told(`sallyport_current_passwords_total{result="${result}"}`);
  expect([await current("wrong"), await current("throttled")]).toEqual([15, 20]);
});

test("places at the hashing gate are seats, waits and refusals", async () => {
  const seats: { leave: () => void }[] = [];
  const waits: Promise<unknown>[] = [];
  const taking = async () => seats.push(await takePlace(house.clock.now()));
  const gauge = (state: string) => told(`sallyport_hashing{state="${state}"}`);
  while (waits.length < 200) waits.push(taking());
  const outcomes = Promise.allSettled(waits);
  const seated = (await gauge("seated")) ?? 0;
  expect(await gauge("waiting")).toBe(policy.password.waitingRoom);
  expect(await told("sallyport_hashing_full_total")).toBe(200 - seated - policy.password.waitingRoom);
  for (let left = 0; left < seated + policy.password.waitingRoom; left += 1) {
    await until(() => expect(seats.length).toBeGreaterThan(left));
    seats[left]?.leave();
  }
  await outcomes;
  expect([await gauge("seated"), await gauge("waiting")]).toEqual([0, 0]);
  expect(await told("sallyport_hashing_wait_seconds_count")).toBe(seated + policy.password.waitingRoom);
});

test("a fault of the counting is nobody's fault: one line, and whoever logs in is let in", async () => {
  place.stop();
  const broken = {
    ...place.metrics,
    move: () => {
      throw new Error("broken");
    },
  };
  place.stop = countTallies(broken);
  const seat = await takePlace(house.clock.now());
  seat.leave();
  expect(await told("sallyport_metrics_faults_total")).toBe(2);
  expect(house.logged().filter((line) => line.includes("metrics.not_counted"))).toHaveLength(1);
});

test("where nobody counts, nothing is kept and nothing fails", () => {
  place.stop();
  tally({ what: "counter full", counter: "address.near" });
  expect(globalThis.sallyportTally).toBeUndefined();
});

test("words of strangers that come through an event are others", async () => {
  tally({ what: "event", name: "forged.event", result: "maybe", meta: { purpose: "LOGIN", kind: "x" } });
  tally({ what: "event", name: "session.opened", result: "ok", meta: { amr: 'pwd "}' } });
  tally({ what: "event", name: "constructor", result: "ok", meta: {} });
  expect(linesIn(await place.metrics.text()).filter((line) => /(?:logins|events)_total\{.* [1-9]/.test(line))).toEqual([
    'sallyport_logins_total{way="other",result="opened"} 1',
    'sallyport_events_total{event="session.opened",result="ok"} 1',
    'sallyport_events_total{event="other",result="other"} 2',
  ]);
});

const nobody = async () => ({
  userId: "",
  email: "",
  username: null,
  isAdmin: false,
  password: "seven quiet herons at dawn",
});
