import { createServer } from "node:net";
import { join } from "node:path";
import type { Place } from "@/lib/db/built-in-place-names";

/** Where the server listens: a socket in the place's own folder, or a port on loopback. */
export type Listening = { readonly kind: "socket" } | { readonly kind: "port"; readonly port: number };

/** A socket's path may have about 104 bytes (108 on Linux); beyond 100 the database listens on loopback instead. */
export async function chooseListening(place: Pick<Place, "sockets">): Promise<Listening> {
  const path = join(place.sockets, `.s.PGSQL.${socketNumber}.lock`);
  if (Buffer.byteLength(path) <= 100) return { kind: "socket" };
  return { kind: "port", port: await freePort() };
}

/** Only part of a file name: the socket lies in a folder of its own. */
const socketNumber = 5432;

/** The server's command line. Durable, for one small machine, quiet about what people typed. */
export function serverArguments(place: Place, listening: Listening): string[] {
  const settings: Record<string, string | number> = {
    ...where(place, listening),
    ...durable,
    ...small,
    ...quiet,
    log_directory: place.logs,
  };
  return ["-D", place.cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

function where(place: Place, listening: Listening): Record<string, string | number> {
  if (listening.kind === "port") {
    return { listen_addresses: "127.0.0.1", port: listening.port, unix_socket_directories: "" };
  }
  return {
    listen_addresses: "",
    port: socketNumber,
    unix_socket_directories: inList(place.sockets),
    unix_socket_permissions: "0700",
  };
}

/** One entry of a list of PostgreSQL's, whose commas and quotation marks belong to the path. */
const inList = (path: string) => `"${path.replaceAll('"', '""')}"`;

/** What was acknowledged survives a power cut. These are PostgreSQL's defaults, said aloud so that nothing changes them. */
const durable = { fsync: "on", full_page_writes: "on", synchronous_commit: "on", password_encryption: "scram-sha-256" };

const small = {
  max_connections: 50,
  shared_buffers: "64MB",
  work_mem: "4MB",
  maintenance_work_mem: "32MB",
  max_wal_size: "256MB",
  min_wal_size: "80MB",
  wal_level: "minimal",
  max_wal_senders: 0,
  max_worker_processes: 2,
  max_logical_replication_workers: 0,
  max_parallel_workers: 0,
  io_method: "sync",
  jit: "off",
  idle_in_transaction_session_timeout: "60s",
  timezone: "UTC",
};

/** No statement and no value of a row reaches the log: both can hold what a person typed. */
const quiet = {
  logging_collector: "on",
  log_filename: "postgres-%Y%m%d-%H%M%S.log",
  log_rotation_size: "5MB",
  log_rotation_age: "7d",
  log_file_mode: "0600",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_min_messages: "warning",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  log_statement: "none",
  cluster_name: "sallyport",
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("No port is free on 127.0.0.1."));
      });
    });
  });
}
