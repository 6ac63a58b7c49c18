const most = { rounds: 30, minutes: 60 };
const switches = ["quick", "publish", "growth", "soak"];

/**
 * What `npm run bench -- …` was asked for. Takes the words after the command. Out: `beside` (names of commits), `rounds`, `minutes` (of the soak), and
 * which switches are set. Throws a sentence for whoever typed something else.
 */
export function readArguments(words) {
  const asked = { beside: [], rounds: null, minutes: 10, quick: false, publish: false, growth: false, soak: false };
  for (let at = 0; at < words.length; at += 1) {
    const [name, joined] = splitWord(words[at]);
    if (switches.includes(name) && joined === null) asked[name] = true;
    else if (["beside", "rounds", "minutes"].includes(name)) {
      const value = joined ?? words[at + 1];
      if (joined === null) at += 1;
      asked[name] = name === "beside" ? [...asked.beside, ...commitsIn(value)] : numberIn(name, value);
    } else throw new Error(`bench does not know ${words[at]}. ${usage}`);
  }
  if (asked.growth && asked.soak) throw new Error("Growth and soak are runs of their own: ask for one of them.");
  if (asked.publish && (asked.growth || asked.soak || asked.quick))
    throw new Error("Only a whole run is published: without --quick, --growth and --soak.");
  return { ...asked, rounds: asked.rounds ?? (asked.quick ? 1 : 6) };
}

export const usage =
  "Usage: npm run bench -- [--beside COMMIT[,COMMIT]] [--rounds N] [--quick] [--publish], or --growth, or --soak [--minutes N].";

function splitWord(word) {
  const [name, ...rest] = word.startsWith("--") ? word.slice(2).split("=") : [""];
  return [name, rest.length > 0 ? rest.join("=") : null];
}

function commitsIn(value) {
  const names = (value ?? "").split(",").map((name) => name.trim());
  if (names.some((name) => name === "" || name.startsWith("-")))
    throw new Error(`--beside takes names of commits, with commas between them. ${usage}`);
  return names;
}

function numberIn(name, value) {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > most[name])
    throw new Error(`--${name} takes a whole number between 1 and ${most[name]}. ${usage}`);
  return number;
}
