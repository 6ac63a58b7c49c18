import { expect, test } from "vitest";
import { readOverview } from "@/lib/account/read-overview";
import { claimLogin } from "@/lib/challenge/claim-login";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { channelOf } from "@/lib/delivery/delivery.kit";
import { gatewayCarrier } from "@/lib/delivery/gateway";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { agreedHour } from "@/lib/letters/letters.kit";
import { startOutboxWorker } from "@/lib/letters/outbox-worker";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { findLiveSession } from "@/lib/sessions/store";
import { sendingSettings } from "@/lib/testing/letters";
import { answer } from "@/lib/testing/second-door";
import { gatewaySecret, startGatewayStandIn } from "@/lib/testing/stand-ins/gateway-stand-in";
import { aloud, atSecondDoor, knock, openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson, testContext, withAddress, withTotp } from "@/lib/testing/test-context";
import { until } from "@/lib/testing/until";

const house = openHouse(sendingSettings);

let visitors = 0;

/** Somebody else each time, in real time, as the worker lives in it. */
function visitor(): Ctx {
  visitors += 1;
  return aloud(testContext({ db: house.db, clock: systemClock, ip: `10.77.${visitors}.1` }));
}

/** In milliseconds: whoever waited for the provider, or for its time limit, would wait for five seconds. */
const patience = 4_000;

async function within(work: Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work;
  expect(performance.now() - begun).toBeLessThan(patience);
}

async function asksForACode({ userId }: TestPerson): Promise<void> {
  const pass = await atSecondDoor(visitor(), userId);
  await within(prepareAnswer(visitor(), { pass, kind: "sms", factorId: null, sessionId: null }));
}

/** Both doors and the first page. */
async function logsIn(person: TestPerson, codeAt: (moment: Date) => string): Promise<void> {
  const ctx = visitor();
  const { pass } = await knock(ctx, person);
  await answer(ctx, pass, "totp", codeAt(ctx.now));
  const opened = await claimLogin(ctx, pass);
  const session = opened && (await findLiveSession(ctx, sha256(opened.sessionToken)));
  ensure(session, "they are in");
  await readOverview(ctx, session);
}

test("while a provider of text messages takes every call and never answers, nobody waits for it: neither whoever asks for a code, nor anybody else", async () => {
  const provider = await startGatewayStandIn();
  provider.planAll({ kind: "hang" });
  const sms = channelOf(gatewayCarrier({ url: provider.url, secret: gatewaySecret, clock: systemClock }));
  const faults: unknown[] = [];
  const stop = startOutboxWorker({
    ...agreedHour(visitor),
    ways: { mail: () => null, sms: () => sms },
    kinds: letterKinds,
    onFault: (fault) => void faults.push(fault),
  });
  try {
    await manyAskAndTwoLogIn(provider);
  } finally {
    await Promise.all([stop(), provider.close()]);
  }
  expect(faults).toEqual([]);
});

/** Five fill all that may be under way at once; then three more ask, and two log in with an app. */
async function manyAskAndTwoLogIn(provider: Awaited<ReturnType<typeof startGatewayStandIn>>): Promise<void> {
  const now = visitor();
  const people = await Promise.all(Array.from({ length: 8 }, () => makePerson(now)));
  await Promise.all(people.map((person, place) => withAddress(now, person, "sms", `+1202555${3_000 + place}`)));
  const [ada, eve] = [await makePerson(now), await makePerson(now)];
  const apps = [await withTotp(now, ada), await withTotp(now, eve)];
  await Promise.all(people.slice(0, 5).map(asksForACode));
  await until(() => expect(provider.requests).toHaveLength(5));
  await Promise.all([
    ...people.slice(5).map(asksForACode),
    ...[ada, eve].map((person, place) => within(logsIn(person, (moment) => apps[place]?.codeAt(moment) ?? ""))),
  ]);
  expect(provider.requests).toHaveLength(5);
  expect(await house.db.letter.count({ where: { channel: "sms", sentAt: null } })).toBe(8);
}
