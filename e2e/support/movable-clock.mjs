import { readFileSync } from "node:fs";

/**
 * For a process that is started with it (`--import`): its wall clock is ahead of the machine's by as many milliseconds as stand in the file `AHEAD_FILE`,
 * looked at whenever SIGUSR2 comes. The stopwatch is left alone, as when somebody sets the clock.
 */
const TrueDate = Date;
let ahead = 0;
const now = () => TrueDate.now() + ahead;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now()] : given),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});

process.on("SIGUSR2", () => {
  ahead = Number(readFileSync(process.env.AHEAD_FILE, "utf8"));
});
