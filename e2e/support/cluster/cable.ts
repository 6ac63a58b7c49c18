import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** One way between a machine and the others: what comes in at `port` goes on to where that machine listens, and back. */
export type Cable = {
  readonly port: number;
  /** Nothing comes through any more, in neither direction, and nobody is told: lines stay open, new ones find nobody who answers. */
  cut(): void;
  /** What stood still goes on. */
  mend(): void;
  /** What the server has to say to those that follow it stays here; all other lines go on. */
  holdReplicas(): void;
  /** All lines end, and what stayed here is lost. */
  drop(): void;
  stop(): Promise<void>;
};

type Pair = { readonly client: Socket; readonly behind: Socket; isReplica: boolean };

/** The words with which a server that follows begins stand in the first pieces of its line. */
const firstPieces = 4;

export async function layCable(to: number): Promise<Cable> {
  const pairs = new Set<Pair>();
  let state: "whole" | "cut" | "held" = "whole";
  const flow = (pair: Pair) => {
    const { client, behind, isReplica } = pair;
    client.unpipe(behind).pause();
    behind.unpipe(client).pause();
    if (state === "cut") return;
    if (client.destroyed || behind.destroyed) return end(pair);
    client.pipe(behind);
    if (state === "whole" || !isReplica) behind.pipe(client);
  };
  const flowAll = (now: typeof state) => {
    state = now;
    for (const pair of pairs) flow(pair);
  };
  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.client.destroy();
    pair.behind.destroy();
  };
  const server = createServer((client) => {
    const pair: Pair = { client, behind: connect(to, "127.0.0.1"), isReplica: false };
    pairs.add(pair);
    hearWho(pair, () => flow(pair));
    for (const side of [client, pair.behind])
      side.on("error", () => undefined).on("close", () => state !== "cut" && end(pair));
    flow(pair);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A cable has a port.");
  const drop = () => {
    for (const pair of pairs) end(pair);
  };
  const stop = async () => {
    drop();
    server.close();
    await once(server, "close");
  };
  return {
    port: address.port,
    cut: () => flowAll("cut"),
    mend: () => flowAll("whole"),
    holdReplicas: () => flowAll("held"),
    drop,
    stop,
  };
}

/** Notes of a line whether whoever has it follows the server. */
function hearWho(pair: Pair, heard: () => void): void {
  let pieces = 0;
  const hear = (piece: Buffer) => {
    pieces += 1;
    pair.isReplica ||= piece.includes("replication");
    if (pieces < firstPieces && !pair.isReplica) return;
    pair.client.off("data", hear);
    if (pair.isReplica) heard();
  };
  pair.client.on("data", hear);
}
