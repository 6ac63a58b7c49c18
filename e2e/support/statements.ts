/** PostgreSQL's frontend protocol (version 3): the types of the two messages that run a statement, `Query` and `Execute`. */
const running = new Set(["Q", "E"]);

/**
 * Counts the statements in what a client of PostgreSQL says, however its bytes are cut into pieces. Out: how many begin to run with these bytes.
 * The first message of a line has no type and runs nothing.
 */
export function statementCounter(): (bytes: Buffer) => number {
  let rest = Buffer.alloc(0);
  let hasStarted = false;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    let found = 0;
    for (;;) {
      const typed = hasStarted ? 1 : 0;
      if (rest.length < typed + 4) return found;
      const whole = typed + rest.readInt32BE(typed);
      if (rest.length < whole) return found;
      if (typed === 1 && running.has(rest.toString("latin1", 0, 1))) found += 1;
      hasStarted = true;
      rest = rest.subarray(whole);
    }
  };
}
