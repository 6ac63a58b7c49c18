import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A way to a database on which something changes what is said. */
export type Line = { readonly url: string; stop(): Promise<void> };

/** Something between that hears every word of the client and passes on another one of the same length; from null on it passes nothing on, and its client waits. */
export async function startLine(url: string, heard: (said: string) => string | null): Promise<Line> {
  const { pathname, searchParams, port } = new URL(url);
  const socket = `${searchParams.get("host")}/.s.PGSQL.${searchParams.get("port") ?? (port || "5432")}`;
  const server = createServer((client) => {
    const behind = connect(socket);
    let isDead = false;
    client.on("data", (piece) => {
      const passed = isDead ? null : heard(piece.toString("latin1"));
      isDead ||= passed === null;
      if (passed !== null) behind.write(Buffer.from(passed, "latin1"));
    });
    behind.pipe(client);
    for (const end of [client, behind]) end.on("error", () => undefined);
    client.on("close", () => behind.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.close();
    await once(server, "close");
  };
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on a port.");
  return { url: `postgresql://postgres@127.0.0.1:${address.port}${pathname}`, stop };
}
