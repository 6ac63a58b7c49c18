import { connect } from "node:net";
import { readAnswer } from "../bench/load.mjs";

/**
 * Sends many requests at one moment: every socket is open and has all of its request but the last byte before the first
 * last byte goes out. `shots` are { port, request }. Out: the answers, in the same order.
 */
export async function releaseTogether(shots) {
  const sockets = await Promise.all(shots.map(({ port }) => open(port)));
  const answers = sockets.map((socket) => readAnswer(socket));
  await Promise.all(shots.map(({ request }, n) => written(sockets[n], request.subarray(0, -1))));
  for (const [n, { request }] of shots.entries()) sockets[n].write(request.subarray(-1));
  const all = await Promise.all(answers);
  for (const socket of sockets) socket.destroy();
  return all;
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

const written = (socket, bytes) => new Promise((resolve) => socket.write(bytes, resolve));
