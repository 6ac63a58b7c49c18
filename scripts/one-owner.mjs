import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { socketFolder } from "./socket-folder.mjs";

/** A stopped or wedged process still holds its socket; it counts as running. */
const patience = 2_000;
const silent = "(it does not answer)";

const longestName = "000000000000.s.new".length;

/**
 * Makes this process the only owner of what the folder `path` stands for, in every container of one machine, or tells what the owner says of
 * itself. Every contender listens on a socket with a name never used before, then looks at the others: a socket that refuses belongs to a dead
 * process and is removed (nobody will ever own that name again, so two cleaners cannot harm each other); where two are undecided the smaller
 * name wins. A process killed at any point leaves nothing that must be cleared by hand.
 * In: `words`, what others hear about this process; `say` changes them. Throws an Error for the operator where no socket can be made.
 */
export async function becomeOwner(path, words) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const folder = socketFolder(path, longestName);
  const self = await contend(folder, words);
  let isReleased = false;
  const release = () => {
    if (isReleased) return;
    isReleased = true;
    self.server.close();
    rmSync(join(path, self.name), { force: true });
    folder.close();
  };
  for (const rival of readdirSync(path)) {
    if (!rival.endsWith(".s") || rival === self.name) continue;
    const owner = await outcome(folder, rival, rival < self.name);
    if (owner !== null) {
      release();
      return { kind: "taken", by: owner };
    }
  }
  self.isOwner = true;
  const say = (changed) => {
    self.words = changed;
  };
  return { kind: "ours", say, release };
}

/** What the owner of `path` says of itself, without standing in its way. Empty where there is none; a silent one is told as such. */
export async function ownersOf(path) {
  if (!existsSync(path)) return [];
  const folder = socketFolder(path, longestName);
  try {
    const names = readdirSync(path).filter((name) => name.endsWith(".s"));
    const said = await Promise.all(names.map((name) => ask(join(folder.alias, name))));
    return said.flatMap((answer) => wordsAfter("owner ", answer) ?? []);
  } finally {
    folder.close();
  }
}

const wordsAfter = (state, said) => (said.startsWith(state) ? said.slice(state.length) : null);

/** Null: the rival is dead or steps back. Else the words of the one that owns or is about to. */
async function outcome(folder, rival, isFirst) {
  for (const start = performance.now(); ; await pause(20)) {
    const said = await ask(join(folder.alias, rival));
    if (said === "refused") {
      rmSync(join(folder.path, rival), { force: true });
      return null;
    }
    const words = wordsAfter("owner ", said) ?? (isFirst ? wordsAfter("undecided ", said) : null);
    if (words !== null) return words;
    // Undecided, we win against it, unless it has not seen us: then it is about to say that it owns.
    if (performance.now() - start > 2 * patience) return silent;
  }
}

/** Listens under a temporary name first: a socket must never be visible before it accepts. Whoever may enter the folder may ask. */
async function contend(folder, words) {
  const name = `${randomUUID().replaceAll("-", "").slice(0, 12)}.s`;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(`${self.isOwner ? "owner" : "undecided"} ${self.words}`);
  });
  const self = { name, server, words, isOwner: false };
  await new Promise((resolve, reject) => {
    const path = join(folder.alias, `${name}.new`);
    server.once("error", reject).listen({ path, readableAll: true, writableAll: true }, resolve);
  });
  server.unref();
  renameSync(join(folder.path, `${name}.new`), join(folder.path, name));
  return self;
}

/**
 * Only "nobody listens" and "gone" prove a death, and a socket of another account a life. A queue that is full and a line that breaks
 * say that somebody is or was there: "", to be asked again.
 */
const meanings = { ECONNREFUSED: "refused", ENOENT: "refused", EACCES: `owner ${silent}` };

function ask(path) {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(path);
    socket.setEncoding("utf8").setTimeout(patience, () => {
      socket.destroy();
      resolve(`owner ${silent}`);
    });
    socket.on("data", (text) => {
      said += text;
    });
    socket.once("error", (fault) => resolve(meanings[fault.code] ?? ""));
    socket.once("end", () => resolve(said));
  });
}
