/** Codes by which Node, PostgreSQL and Prisma say "cannot be reached" or "not now", as opposed to "you asked wrongly". */
const codes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
  "57014", // PostgreSQL, appendix A: a statement took too long
  // the same: shutting down, cannot connect now, too many connections, disk full, read-only
  ...["57P01", "57P02", "57P03", "53300", "53100", "53200", "25006", "08000", "08001", "08003", "08004", "08006"],
  // Prisma: cannot reach, timed out, closed, no connection of the pool free, transaction could not start
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"],
]);

const words =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Can't reach database|There is no database yet/;

/** Does this fault say that the database does not answer? Looks through `cause` and driver errors, three levels deep. */
export function isDatabaseFault(fault: unknown, depth = 0): boolean {
  if (typeof fault !== "object" || fault === null || depth > 3) return false;
  const code = "code" in fault ? fault.code : null;
  if (typeof code === "string" && codes.has(code)) return true;
  if (code === "ENOENT" && isOfConnection(fault)) return true; // its unix socket is gone
  if ("message" in fault && typeof fault.message === "string" && words.test(fault.message)) return true;
  if ("errors" in fault && Array.isArray(fault.errors) && fault.errors.some((each) => isDatabaseFault(each, depth + 1)))
    return true;
  return "cause" in fault && isDatabaseFault(fault.cause, depth + 1);
}

/** The database client opens no files of its own: what it does not find is the socket. It leaves the system call out. */
function isOfConnection(fault: object): boolean {
  if ("syscall" in fault && fault.syscall === "connect") return true;
  return "name" in fault && typeof fault.name === "string" && fault.name.startsWith("PrismaClient");
}
