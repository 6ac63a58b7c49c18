import { codesOf, layersOf, valueAt } from "@/lib/kernel/fault-layers";

/** Codes by which Node and Prisma say "cannot be reached" or "not now", as opposed to "you asked wrongly". */
const codes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH"],
  ...["ENETDOWN", "ENOTFOUND", "EAI_AGAIN"],
  // Prisma: cannot reach, timed out, closed, no connection of the pool free, transaction could not start
  ...["P1001", "P1002", "P1008", "P1011", "P1017", "P2024", "P2028", "P2037"],
  // it lost against another transaction, however often it was tried again
  "P2034",
  // the same in the words of Prisma's drivers
  ...["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections", "TlsConnectionError"],
  "TransactionWriteConflict",
]);

/**
 * PostgreSQL, appendix A: connection exceptions, insufficient resources (connections, memory, disk), intervention of an operator (shutting down,
 * starting, a statement that took too long, a database that went), errors of the system around it, read-only, a lock that was not to be had;
 * a transaction that lost against another one, or of which nobody knows how it ended; a statement's name that another one has, or none: a pooler between.
 */
const sqlStates = /^(?:08|53|57|58)[0-9A-Z]{3}$|^(?:25006|55P03|40001|40003|40P01|42P05|26000)$/;

const words =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable|Can't reach database|There is no database yet|after calling end on the pool/;

/**
 * Does this fault say that the database does not answer, or not now? Looks at it and at everything that it was wrapped around. In: anything
 * that was thrown.
 */
export function isDatabaseFault(fault: unknown): boolean {
  return layersOf(fault).some(saysSo);
}

function saysSo(fault: object): boolean {
  const found = codesOf(fault);
  if (found.some((code) => codes.has(code) || sqlStates.test(code))) return true;
  if (found.includes("ENOENT") && isOfConnection(fault)) return true; // its unix socket is gone
  const message = valueAt(fault, "message");
  return typeof message === "string" && words.test(message);
}

/** The database client opens no files of its own: what it does not find is the socket. It leaves the system call out. */
function isOfConnection(fault: object): boolean {
  if (valueAt(fault, "syscall") === "connect") return true;
  const name = valueAt(fault, "name");
  return typeof name === "string" && name.startsWith("PrismaClient");
}
