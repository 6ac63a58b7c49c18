/** One line to the person at the terminal. */
export function say(line) {
  console.log(line);
}

let isForPrograms = false;

/** From now on a refusal is one JSON document on stdout, as `npm run portal -- … --json` promises for every answer. */
export function answerInJson() {
  isForPrograms = true;
}

/** Ends the command: what failed and what to do, then a code that scripts can see. */
export function giveUp(line) {
  if (isForPrograms) console.log(JSON.stringify({ ok: false, error: { id: "failed", message: line } }));
  else console.error(`\n${line}`);
  process.exit(1);
}
