import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { statementCounter } from "@/e2e/support/statements";
import { ensure } from "@/lib/kernel/assert";

/** A line between a portal and its database that a story can cut and mend. */
export type DatabaseLine = {
  /** The database's address by way of this line. */
  readonly addressOf: (url: string) => string;
  /** Nobody listens any more and what was open breaks, as when PostgreSQL is stopped. */
  cut(): Promise<void>;
  /** Cuts itself before the `nth` statement from now on reaches the database, the first being 1, as when PostgreSQL dies just then. */
  cutAt(nth: number): void;
  /** Has it been cut? */
  readonly isCut: () => boolean;
  /** It takes connections and says nothing, as when PostgreSQL hangs (SIGSTOP). */
  silence(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
};

/** Lays a line to the test server: a unix socket in a folder of its own that passes everything on. */
export async function layLine(): Promise<DatabaseLine> {
  const { TEST_SERVER_URL = "" } = process.env;
  const theirs = new URL(TEST_SERVER_URL).searchParams.get("host");
  ensure(theirs, "the test server listens on a unix socket");
  const folder = await mkdtemp(join(tmpdir(), "sallyport-line-"));
  const name = ".s.PGSQL.5432";
  const open = new Set<Socket>();
  let isSilent = false;
  let statementsLeft = Number.POSITIVE_INFINITY;
  let server: Server | null = null;
  const drop = () => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  const listen = async () => {
    server = createServer((near) => pass(near, join(theirs, name), { open, isSilent: () => isSilent, mayRun }));
    const line = server;
    await new Promise<void>((resolve) => line.listen(join(folder, name), resolve));
    await chmod(join(folder, name), 0o777);
  };
  const cut = async () => {
    const line = server;
    server = null;
    drop();
    if (line) await new Promise((resolve) => line.close(resolve));
  };
  const mayRun = (statements: number) => {
    statementsLeft -= statements;
    if (statementsLeft >= 1) return true;
    void cut();
    return false;
  };
  const cutAt = (nth: number) => {
    statementsLeft = nth;
  };
  const mend = async () => {
    isSilent = false;
    statementsLeft = Number.POSITIVE_INFINITY;
    drop();
    if (server === null) await listen();
  };
  const silence = () => {
    isSilent = true;
  };
  await listen();
  const addressOf = (url: string) => url.replace(/host=[^&]*/, `host=${encodeURIComponent(folder)}`);
  const close = async () => {
    await cut();
    await rm(folder, { recursive: true, force: true });
  };
  return { addressOf, cut, cutAt, isCut: () => server === null, silence, mend, close };
}

type Passing = {
  readonly open: Set<Socket>;
  readonly isSilent: () => boolean;
  /** Asked before what runs this many statements is passed on. */
  readonly mayRun: (statements: number) => boolean;
};

/** Two sockets, each carrying what the other hears, unless the line is silent; the end of one is the end of both. */
function pass(near: Socket, path: string, { open, isSilent, mayRun }: Passing): void {
  const far = connect(path);
  const count = statementCounter();
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(from);
    from.on("data", (bytes: Buffer) => {
      const mayPass = from === far || mayRun(count(bytes));
      if (mayPass && !isSilent()) to.write(bytes);
    });
    from.once("error", () => to.destroy());
    from.once("close", () => {
      open.delete(from);
      to.destroy();
    });
  }
}
