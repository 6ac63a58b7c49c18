import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { systemRandom } from "@/lib/kernel/random";

/** Either this process is the one portal of its data folder, or another one is. */
export type Lock = { readonly kind: "ours"; release(): void } | { readonly kind: "taken"; readonly by: string };

/** What a contender answers to whoever connects: nothing while it is undecided, else its address. */
type Contender = { readonly name: string; readonly path: string; readonly server: Server; isOwner: boolean };

/** A stopped or wedged process still holds its socket; it counts as running. */
const patience = 2_000;

/**
 * Makes this process the only portal of `dataDir`, or tells the address of the one that is. Every contender listens on
 * a socket with a name never used before, then looks at the others: a socket that refuses belongs to a dead process
 * and is removed (nobody will ever own that name again, so two cleaners cannot harm each other); where two are
 * undecided the smaller name wins. A process killed at any point leaves nothing that must be cleared by hand.
 */
export async function takeInstanceLock(dataDir: string, address: string): Promise<Lock> {
  const folder = join(dataDir, "lock");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const self = await contend(folder, address);
  const release = () => {
    self.server.close();
    rmSync(self.path, { force: true });
  };
  for (const rival of readdirSync(folder)) {
    if (!rival.endsWith(".s") || rival === self.name) continue;
    const owner = await outcome(join(folder, rival), rival < self.name);
    if (owner !== null) {
      release();
      return { kind: "taken", by: owner };
    }
  }
  self.isOwner = true;
  return { kind: "ours", release };
}

/** Null: the rival is dead or steps back. Else the address of the one that runs or is about to. */
async function outcome(path: string, isFirst: boolean): Promise<string | null> {
  for (;;) {
    const said = await ask(path);
    if (said === "refused") {
      rmSync(path, { force: true });
      return null;
    }
    if (said.startsWith("owner ")) return said.slice("owner ".length);
    if (isFirst) return said.slice("undecided ".length);
    await pause(20); // we win against it, unless it has not seen us: then it is about to say that it owns
  }
}

/** Listens under a temporary name first: a socket must never be visible before it accepts. */
async function contend(folder: string, address: string): Promise<Contender> {
  const name = `${systemRandom.id().slice(0, 12)}.s`;
  const [path, hidden] = [join(folder, name), join(folder, `${name}.new`)];
  if (Buffer.byteLength(hidden) > 100)
    throw new Error(`DATA_DIR is too long a path (${folder}): a socket must fit into it.`);
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(`${self.isOwner ? "owner" : "undecided"} ${address}`);
  });
  const self: Contender = { name, path, server, isOwner: false };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(hidden, resolve);
  });
  server.unref();
  renameSync(hidden, path);
  return self;
}

function ask(path: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(path);
    socket.setEncoding("utf8").setTimeout(patience, () => {
      socket.destroy();
      resolve("owner (it does not answer)");
    });
    socket.on("data", (text) => {
      said += text;
    });
    socket.once("error", () => resolve("refused"));
    socket.once("end", () => resolve(said));
  });
}
