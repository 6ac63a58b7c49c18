import { expect, test } from "vitest";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { codeAt } from "@/lib/factors/totp/code";
import { minutes, seconds } from "@/lib/kernel/duration";
import { type BenchPerson, benchPassword, makeBenchPeople } from "@/lib/testing/bench-people";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { numberIn } from "@/lib/testing/numbers";
import { answer } from "@/lib/testing/second-door";
import { counter, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, testContext, withAddress, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeAddress } from "@/lib/throttle/consume-address";

const house = openHouse(sendingSettings);
const office = "198.51.100.7";
const from = (ip: string): Ctx => testContext({ db: house.db, clock: house.clock, ip, agent: "a new browser" });
const asPerson = ({ id: userId, email }: BenchPerson) =>
  ({ userId, email, username: null, isAdmin: false, password: benchPassword }) as const;

type Colleague = BenchPerson & { readonly place: number; readonly isByMessage: boolean };

/** The password, one in ten with a typo first; whoever has only a number has a code sent. */
async function atFirstDoor(colleague: Colleague): Promise<Pass> {
  const person = asPerson(colleague);
  if (colleague.place % 10 === 4)
    expect(await refused(knock(from(office), person, { password: "a typo" }))).toBe("login.wrong");
  const { pass } = await knock(from(office), person);
  if (colleague.isByMessage) await prepareAnswer(from(office), { pass, kind: "sms", factorId: null, sessionId: null });
  return pass;
}

async function atSecondDoor({ id, secret, isByMessage }: Colleague, pass: Pass): Promise<boolean> {
  const code = isByMessage ? await lastCode(house.ctx, id) : codeAt(secret, house.clock.now());
  await answer(from(office), pass, isByMessage ? "sms" : "totp", code);
  return (await claimLogin(from(office), pass)) !== null;
}

test("two hundred people behind one address, in five minutes, with new browsers: all are in", async () => {
  const people = await makeBenchPeople(house.ctx, 200);
  const byMessage = people.slice(50, 53);
  for (const [n, { id }] of byMessage.entries()) {
    await house.db.factor.deleteMany({ where: { userId: id } });
    await withAddress(
      house.ctx,
      asPerson(byMessage[n] ?? { id, email: "", secret: "" }),
      "sms",
      numberIn(n + 1, n + 1),
    );
  }
  const waiting: { readonly colleague: Colleague; readonly pass: Pass; readonly at: number }[] = [];
  let entered = 0;
  const enterWhoIsReady = async (now: number) => {
    while (waiting[0] && waiting[0].at <= now) {
      const { colleague, pass } = waiting[0];
      waiting.shift();
      if (await atSecondDoor(colleague, pass)) entered += 1;
    }
  };
  for (const [place, person] of people.entries()) {
    const colleague = { ...person, place, isByMessage: byMessage.includes(person) };
    const at = house.clock.now().getTime();
    await enterWhoIsReady(at);
    waiting.push({ colleague, pass: await atFirstDoor(colleague), at: at + seconds(30) });
    house.clock.move(seconds(1) + 500);
  }
  house.clock.move(seconds(30));
  await enterWhoIsReady(house.clock.now().getTime());
  expect(entered).toBe(200);
  expect((await counter(house.ctx, bucketKey("address.near", office))).fails).toBe(20); // the typos, and nothing else
}, 120_000);

test("in a network full of strangers the owner is in at once on a known device, a new browser waits for the window", async () => {
  const person = await makePerson(house.ctx);
  const app = await withTotp(house.ctx, person);
  const { deviceToken } = await openSessionFor(house.ctx, person);
  for (let host = 1; host <= 10; host += 1)
    for (let time = 0; time < 30; time += 1) await consumeAddress(from(`203.0.113.${host}`));
  const home = from("203.0.113.5");
  expect(await refused(knock(home, person))).toBe("throttle.too_many");
  const { pass } = await knock(home, person, { deviceToken });
  await answer(home, pass, "totp", app.codeAt(house.clock.now()));
  expect(await claimLogin(home, pass)).not.toBeNull();
  house.clock.move(minutes(5));
  expect((await knock(home, person)).next).toBe("answer");
});
