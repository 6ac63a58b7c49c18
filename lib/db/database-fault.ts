/** Codes by which Node and Prisma say "cannot be reached" or "not now", as opposed to "you asked wrongly". */
const codes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH"],
  ...["ENETDOWN", "ENOTFOUND", "EAI_AGAIN"],
  // Prisma: cannot reach, timed out, closed, no connection of the pool free, transaction could not start
  ...["P1001", "P1002", "P1008", "P1011", "P1017", "P2024", "P2028", "P2037"],
  // the same in the words of Prisma's drivers
  ...["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections", "TlsConnectionError"],
]);

/**
 * PostgreSQL, appendix A: connection exceptions, insufficient resources (connections, memory, disk), intervention of an operator (shutting down,
 * starting, a statement that took too long, a database that went), errors of the system around it, read-only, a lock that was not to be had.
 */
const sqlStates = /^(?:08|53|57|58)[0-9A-Z]{3}$|^(?:25006|55P03)$/;

const words =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable|Can't reach database|There is no database yet|after calling end on the pool/;

/** Under these names libraries keep the fault behind their own, next to what else they tell of it. */
const holders = ["cause", "err", "error", "errors", "meta", "driverAdapterError", "originalError", "reason"] as const;

/** Where they keep its code. */
const codeNames = ["code", "originalCode", "errorCode", "kind"] as const;

/** Wrappers of wrappers have ten at most; whoever builds more of them, or a circle, is not followed for ever. */
const mostLooks = 100;

/**
 * Does this fault say that the database does not answer? Looks at it and at everything that it was wrapped around: causes, lists of errors, and what
 * Prisma, its drivers and next-auth put between. In: anything that was thrown.
 */
export function isDatabaseFault(fault: unknown): boolean {
  const seen = new Set<unknown>();
  const waiting = [fault];
  for (let looks = 0; waiting.length > 0 && looks < mostLooks; looks += 1) {
    const one = waiting.shift();
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    if (saysSo(one)) return true;
    waiting.push(...(Array.isArray(one) ? one : holders.map((name) => valueAt(one, name))));
  }
  return false;
}

function saysSo(fault: object): boolean {
  const found = codeNames.map((name) => valueAt(fault, name)).filter((code) => typeof code === "string");
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

/** What an object holds under a name; nothing where asking for it throws. */
function valueAt(object: object, name: string): unknown {
  try {
    return Reflect.get(object, name);
  } catch {
    return undefined; // a getter of somebody's own
  }
}
