/**
 * What ends a process of ours in order. The first four are sent by people and supervisors; the others come when a clock that somebody set has run off, a limit of the CPU is
 * reached (ulimit -t) or the power is failing. By themselves they all end a process at once and would leave its PostgreSQL running. SIGABRT is not among
 * them: who sends it wants the process dead and its memory kept.
 */
export const stopSignals = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGVTALRM", "SIGXCPU", "SIGPWR"];

/** Nobody asked for an end there: it is told as a failure, so that a supervisor starts anew. SIGXCPU comes again each second. */
export const accidentSignals = ["SIGALRM", "SIGVTALRM", "SIGXCPU"];

/** What is sent to make a program open its log again, or look at something: nothing here is to be done, and nothing ends by it. */
export const deafSignals = ["SIGUSR1", "SIGUSR2"];

/**
 * Takes the deaf signals: Node would open its inspector at SIGUSR1, to every account of this machine, and end at SIGUSR2. `check-node.mjs` does so at
 * the beginning of every command; this is for a program that is started past it. `hear`: is told each of them.
 */
export function takeDeafSignals(hear = () => undefined) {
  for (const name of deafSignals) process.on(name, hear);
}
