import { describe, expect, test } from "vitest";
import type { Outcome } from "@/lib/delivery/channel";
import { guarded } from "@/lib/delivery/guarded";
import { withTimeout } from "@/lib/delivery/with-timeout";
import { fixedClock } from "@/lib/kernel/clock";
import { days, milliseconds, seconds } from "@/lib/kernel/duration";

const sent: Outcome = { kind: "sent" };
const never: Outcome = { kind: "never", reason: "No such number." };
const later = { kind: "later", reason: "Busy." } as const;

/** A provider that answers what the test says, and counts who got through to it. */
function provider() {
  const clock = fixedClock(new Date("2030-01-07T09:00:00Z"));
  const state: { answer: Outcome; calls: number } = { answer: later, calls: 0 };
  const carry = async () => {
    state.calls += 1;
    return state.answer;
  };
  const channel = guarded<string>({ fingerprint: "f", carry, clock });
  const send = (times = 1) => Promise.all(Array.from({ length: times }, () => channel.send("hello", "key")));
  const inTurn = async (times: number) => {
    for (let left = times; left > 0; left -= 1) await channel.send("hello", "key");
  };
  return { clock, state, send, inTurn };
}

describe("a provider that fails five times in a row", () => {
  test("is left alone for half a minute, and everybody is told at once", async () => {
    const { clock, state, send, inTurn } = provider();
    await inTurn(5);
    clock.move(seconds(10));
    expect(await send(3)).toEqual(Array(3).fill(expect.objectContaining({ kind: "later", retryAfter: seconds(20) })));
    expect(state.calls).toBe(5);
  });

  test("gets one trial call afterwards, while the others wait for it", async () => {
    const { clock, state, send, inTurn } = provider();
    await inTurn(5);
    clock.move(seconds(30));
    expect((await send(10)).filter(({ kind }) => kind === "later")).toHaveLength(10);
    expect(state.calls).toBe(6);
    clock.move(seconds(29));
    await send();
    expect(state.calls).toBe(6);
  });

  test("while this machine's clock was days ahead is asked again as soon as the clock is right", async () => {
    const { clock, state, send, inTurn } = provider();
    clock.move(days(8));
    await inTurn(5);
    clock.move(-days(8));
    state.answer = sent;
    expect(await send()).toEqual([sent]);
  });

  test("is trusted again after one trial that worked", async () => {
    const { clock, state, send, inTurn } = provider();
    await inTurn(5);
    clock.move(seconds(30));
    state.answer = sent;
    await send();
    expect(await send(3)).toEqual([sent, sent, sent]);
    state.answer = later;
    await inTurn(4);
    state.answer = sent;
    expect(await send()).toEqual([sent]);
  });
});

test.each<[string, Outcome]>([
  ["a letter that it took", sent],
  ["a letter that it refused for ever", never],
  ["a recipient who has to wait", { ...later, isAboutThisOne: true }],
])("four failures and %s are no reason to leave a provider alone", async (_, answer) => {
  const { state, send, inTurn } = provider();
  await inTurn(4);
  state.answer = answer;
  await send();
  state.answer = later;
  await inTurn(4);
  state.answer = sent;
  expect(await send()).toEqual([sent]);
});

test("strangers with addresses that nobody can deliver to do not stop everybody's codes", async () => {
  const { state, send, inTurn } = provider();
  state.answer = { ...later, isAboutThisOne: true };
  await inTurn(20);
  state.answer = sent;
  expect(await send()).toEqual([sent]);
});

test("a provider's client that throws is a failure like others, and its words stay inside", async () => {
  const clock = fixedClock(new Date("2030-01-07T09:00:00Z"));
  const carry = async () => Promise.reject(new TypeError("secret words"));
  const channel = guarded<string>({ fingerprint: "f", carry, clock });
  expect(await channel.send("hello", "key")).toEqual({ kind: "later", reason: "The channel failed (TypeError)." });
});

test("a secret that a provider repeats goes no further", async () => {
  const clock = fixedClock(new Date("2030-01-07T09:00:00Z"));
  const carry = async (): Promise<Outcome> => ({ kind: "never", reason: "X answered 400 (no key re_abc)." });
  const channel = guarded<string>({ fingerprint: "f", carry, clock, secrets: ["re_abc", ""] });
  expect(await channel.send("hello", "key")).toEqual({ kind: "never", reason: "X answered 400 (no key …)." });
});

test("a key that could break out of a header is a fault of ours", async () => {
  const channel = guarded<string>({ fingerprint: "f", carry: async () => sent, clock: fixedClock(new Date(0)) });
  await expect(channel.send("hello", "a\r\nb")).rejects.toThrow();
});

describe("a time limit", () => {
  test("tells the work to stop and is not waited for", async () => {
    let stopped = false;
    const outcome = await withTimeout(milliseconds(20), (signal) => {
      signal.addEventListener("abort", () => {
        stopped = true;
      });
      return new Promise(() => undefined);
    });
    expect([outcome.kind, stopped]).toEqual(["later", true]);
  });

  test("leaves what is quicker as it is", async () => {
    expect(await withTimeout(seconds(5), async () => sent)).toEqual(sent);
  });
});
