/** One line to the person at the terminal. */
export function say(line) {
  console.log(line);
}

let isForPrograms = false;

/** From now on a refusal is one JSON document on stdout, as `npm run portal -- … --json` promises for every answer. */
export function answerInJson() {
  isForPrograms = true;
}

/** What was objected to while it was noted; null: an objection ends the command. */
let noted = null;

/**
 * Runs `works` one after the other for a command that only looks: what would end another command is a sentence in the list that is returned, and the
 * next one runs all the same. `sentenceOf`: what an operator is told of a fault, null of one that is ours.
 */
export async function noteObjections(works, sentenceOf) {
  noted = new Set();
  for (const work of works) {
    try {
      await work();
    } catch (fault) {
      const sentence = sentenceOf(fault);
      if (sentence === null) throw fault;
      noted.add(sentence);
    }
  }
  const all = [...noted];
  noted = null;
  return all;
}

/** Something that cannot stay so: it ends the command, or is noted where objections are. */
export function object(line) {
  if (noted === null) giveUp(line);
  noted.add(line);
}

/** Ends the command: what failed and what to do, then a code that scripts can see. */
export function giveUp(line) {
  if (noted !== null) throw new Error(line);
  if (isForPrograms) console.log(JSON.stringify({ ok: false, error: { id: "failed", message: line } }));
  else console.error(`\n${line}`);
  process.exit(1);
}
