/** One line to the person at the terminal. */
export function say(line) {
  console.log(line);
}

/** Ends the command: what failed and what to do, then a code that scripts can see. */
export function giveUp(line) {
  console.error(`\n${line}`);
  process.exit(1);
}
