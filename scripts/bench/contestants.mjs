import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { say } from "../say.mjs";

const program = fileURLToPath(new URL("contestant.mjs", import.meta.url));
const patience = 15 * 60_000; // a first build on a slow machine; a load takes a minute

/** A process for one tree. Out: `ask(job, body)`, which throws when the job fails, takes too long or the process is gone; and `end`. */
export function sendContestant({ name, folder, kind }) {
  const child = fork(program, [folder, kind], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const waiting = new Map();
  let asked = 0;
  child.on("message", ({ id, answer, fault, told }) => {
    if (told !== undefined) return say(`${name}: ${told}`);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) resolve(answer);
    else reject(new Error(`${name}: ${fault}`));
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  gone.then((code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name}: its process ended with code ${code}.`));
  });
  const ask = (job, body = {}, longest = patience) => {
    asked += 1;
    const id = asked;
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    const timer = setTimeout(() => waiting.get(id)?.reject(new Error(`${name}: ${job} took too long.`)), longest);
    child.send({ id, job, body });
    return answer.finally(() => clearTimeout(timer));
  };
  const end = async () => {
    if (child.connected) child.disconnect();
    await gone;
  };
  return { name, kind, ask, end };
}

/** Opens trees one after the other, hands them to `work`, and ends them whatever comes of it; `share` is how far they are warmed up. Out: what `work` gives. */
export async function withContestants(trees, share, work) {
  const contestants = [];
  try {
    for (const tree of trees) {
      say(`Building and starting ${tree.name}…`);
      const contestant = sendContestant(tree);
      contestants.push(contestant);
      contestant.opened = await contestant.ask("open", { share });
    }
    return await work(contestants);
  } finally {
    await Promise.all(contestants.map(({ end }) => end()));
  }
}
