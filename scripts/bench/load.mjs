import { connect } from "node:net";

/**
 * A closed-loop load generator on raw sockets, so that it costs little beside what it measures. Each of `clients` sends
 * its next request when the last answer is complete, until `next()` gives null. Bounded by what `next` hands out. `judge` takes an answer and what was
 * asked, and gives null or what is wrong with it. Out: the milliseconds of each answer, their latencies, what was wrong, and how long all took.
 */
export async function load({ port, clients, next, judge }) {
  const results = { answers: 0, failed: [], times: [] };
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: clients }, () => client(port, next, judge, results)));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return {
    seconds,
    answers: results.answers,
    failed: results.failed,
    times: results.times,
    perSecond: results.answers / seconds,
    ...latenciesOf(results.times),
  };
}

/** The milliseconds below which half, 95 and 99 of a hundred answers came. */
export function latenciesOf(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function client(port, next, judge, results) {
  let socket = null;
  for (let request = next(); request !== null; request = next()) {
    socket ??= await open(port);
    const begun = process.hrtime.bigint();
    const answer = await exchange(socket, request);
    results.times.push(Number(process.hrtime.bigint() - begun) / 1e6);
    results.answers += 1;
    const why = judge(answer, request);
    if (why) results.failed.push(why);
    if (/\r\nconnection: close/i.test(answer.head)) {
      socket.destroy();
      socket = null;
    }
  }
  socket?.destroy();
}

/** A line to the port of this machine. */
export function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends one request and reads one complete answer. */
export function exchange(socket, request) {
  const answer = readAnswer(socket);
  socket.write(request);
  return answer;
}

/** Reads one complete HTTP/1.1 answer from a socket: by Content-Length, or by the last chunk. */
export function readAnswer(socket) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    let head = null;
    let length = 0;
    const finish = () => {
      socket.off("data", hear);
      socket.off("close", fail);
      resolve({ status: Number(head.slice(9, 12)), head, body: Buffer.concat(pieces).toString("latin1") });
    };
    const fail = () => reject(new Error("The connection was closed before the answer was complete."));
    const hear = (piece) => {
      pieces.push(piece);
      length += piece.length;
      if (head === null) {
        const all = Buffer.concat(pieces);
        const end = all.indexOf("\r\n\r\n");
        if (end < 0) return;
        head = all.subarray(0, end).toString("latin1");
        pieces.splice(0, pieces.length, all.subarray(end + 4));
        length = all.length - end - 4;
      }
      if (isComplete(head, pieces, length)) finish();
    };
    socket.on("data", hear);
    socket.once("close", fail);
  });
}

function isComplete(head, pieces, length) {
  const stated = /\r\ncontent-length: (\d+)/i.exec(head);
  if (stated) return length >= Number(stated[1]);
  const tail = pieces.length > 1 ? Buffer.concat(pieces.slice(-2)) : pieces[0];
  return tail.subarray(-5).equals(lastChunk) || /^HTTP\/1.1 (204|304)/.test(head);
}

const lastChunk = Buffer.from("0\r\n\r\n");
