import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/**
 * Loaded before a program whose event loop is looked at: answers each message of the process that started it with the longest time, in milliseconds,
 * that its main thread worked between two ticks since the last question. Work is what the system counts as spent on a processor: however busy the machine is
 * beside it, that does not grow. Null where the system does not count it by thread.
 */
const tick = 5;
const counter = `/proc/self/task/${process.pid}/schedstat`;

if (isMainThread && process.send) {
  let [last, longest] = [worked(), null];
  const look = () => {
    const now = worked();
    if (now !== null && last !== null) longest = Math.max(longest ?? 0, now - last);
    last = now;
  };
  setInterval(look, tick).unref();
  process.on("message", () => {
    look();
    process.send(longest);
    longest = null;
  });
  process.channel.unref();
}

/** Milliseconds that the main thread has worked so far. */
function worked() {
  try {
    return Number(readFileSync(counter, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return null; // not a Linux
  }
}
