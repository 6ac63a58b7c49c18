import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { systemRandom } from "@/lib/kernel/random";
import { type SocketFolder, socketFolder } from "@/lib/serve/socket-folder";

/** Either this process is the one owner of its data folder, or another one is. */
export type Lock = { readonly kind: "ours"; release(): void } | { readonly kind: "taken"; readonly by: string };

/** What a contender answers to whoever connects: nothing while it is undecided, else its address. */
type Contender = { readonly name: string; readonly server: Server; isOwner: boolean };

/** What a command of the command line answers while it starts or stops a database: a portal waits for it. */
export const aCommand = "a command";

/** A stopped or wedged process still holds its socket; it counts as running. */
const patience = 2_000;
const silentOwner = "owner (it does not answer)";

/**
 * Makes this process the only owner of `dataDir`, or tells the address of the one that is. Every contender listens on
 * a socket with a name never used before, then looks at the others: a socket that refuses belongs to a dead process
 * and is removed (nobody will ever own that name again, so two cleaners cannot harm each other); where two are
 * undecided the smaller name wins. A process killed at any point leaves nothing that must be cleared by hand.
 * Throws an Error for the operator where no socket can be made.
 */
export async function takeInstanceLock(dataDir: string, address: string): Promise<Lock> {
  const path = join(dataDir, "lock");
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const folder = socketFolder(path, longestName);
  const self = await contend(folder, address);
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
  return { kind: "ours", release };
}

/** The same for a portal: a command that starts or stops the database just now is waited for, at most a minute. */
export async function takePortalLock(dataDir: string, address: string, say: (line: string) => void): Promise<Lock> {
  let hasTold = false;
  for (const start = performance.now(); ; await pause(200)) {
    const lock = await takeInstanceLock(dataDir, address);
    if (lock.kind === "ours" || lock.by !== aCommand || performance.now() - start > 60_000) return lock;
    if (!hasTold) say("A command is working on the database here; waiting for it…");
    hasTold = true;
  }
}

/** The address of the portal that owns `dataDir` now, without standing in its way; null where none does, or none that answers. */
export async function findPortal(dataDir: string): Promise<string | null> {
  const path = join(dataDir, "lock");
  if (!existsSync(path)) return null;
  const folder = socketFolder(path, longestName);
  try {
    const names = readdirSync(path).filter((name) => name.endsWith(".s"));
    const said = await Promise.all(names.map((name) => ask(join(folder.alias, name))));
    const owners = said.flatMap((answer) => (answer.startsWith("owner ") ? [answer.slice("owner ".length)] : []));
    return owners.find((owner) => URL.canParse(owner)) ?? null;
  } finally {
    folder.close();
  }
}

/** Null: the rival is dead or steps back. Else the address of the one that runs or is about to. */
async function outcome(folder: SocketFolder, rival: string, isFirst: boolean): Promise<string | null> {
  for (const start = performance.now(); ; await pause(20)) {
    const said = await ask(join(folder.alias, rival));
    if (said === "refused") {
      rmSync(join(folder.path, rival), { force: true });
      return null;
    }
    if (said.startsWith("owner ")) return said.slice("owner ".length);
    if (isFirst && said.startsWith("undecided ")) return said.slice("undecided ".length);
    // Undecided, we win against it, unless it has not seen us: then it is about to say that it owns.
    if (performance.now() - start > 2 * patience) return silentOwner.slice("owner ".length);
  }
}

const longestName = "000000000000.s.new".length;

/** Listens under a temporary name first: a socket must never be visible before it accepts. */
async function contend(folder: SocketFolder, address: string): Promise<Contender> {
  const name = `${systemRandom.id().slice(0, 12)}.s`;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(`${self.isOwner ? "owner" : "undecided"} ${address}`);
  });
  const self: Contender = { name, server, isOwner: false };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(join(folder.alias, `${name}.new`), resolve);
  });
  server.unref();
  renameSync(join(folder.path, `${name}.new`), join(folder.path, name));
  return self;
}

/**
 * Only "nobody listens" and "gone" prove a death, and a socket of another account a life. A queue that is full and a line that breaks
 * say that somebody is or was there: "", to be asked again.
 */
const meanings: Readonly<Record<string, string>> = { ECONNREFUSED: "refused", ENOENT: "refused", EACCES: silentOwner };

function ask(path: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(path);
    socket.setEncoding("utf8").setTimeout(patience, () => {
      socket.destroy();
      resolve(silentOwner);
    });
    socket.on("data", (text) => {
      said += text;
    });
    socket.once("error", (fault) => resolve(("code" in fault && meanings[String(fault.code)]) || ""));
    socket.once("end", () => resolve(said));
  });
}
