import { filledIn } from "../drill/page-blocks.mjs";
import { blockOf, logIn, mustBeIn, owner, runLine, setUp, untilReady } from "./house.mjs";

/** The one house of these nights: the line that runs it, and its address. */
const house = { line: "", origin: "" };

/** A portal with an administrator on a volume of its own, and its last good backup where the page has it. */
async function aHouse({ shell, attempt }) {
  for (const line of [
    "docker rm --force --time 10 sallyport",
    "docker volume rm sallyport",
    "docker volume rm sallyport-restored",
  ])
    await attempt(line); // what the trial before has left, if there was one
  await shell("rm -rf backups");
  Object.assign(house, await runLine());
  await shell(house.line);
  const said = await untilReady({ shell });
  await setUp(house.origin, said);
  await mustBeIn(await logIn(house.origin));
  await shell(
    `${blockOf("docker exec sallyport /app/portal backup -")}\nmkdir -p backups\nmv today.backup backups/last-good.backup`,
  );
}

/** The page's own function, which its lines of that night call, with this house's address. */
const commandIn = () =>
  filledIn([blockOf("command_in() {")], { "https://login.example.test": house.origin, "172.17.0.1": "127.0.0.1" })[0];

/** The lines of the block that begins so, typed one after the other. Out: how each ended, and what it said. */
async function typed({ attempt }, beginning) {
  const ran = [];
  for (const line of blockOf(beginning).split("\n"))
    ran.push({ line, ...(await attempt(`exec 2>&1\n${commandIn()}\n${line}`)) });
  return ran;
}

/** All of them must end with 0, but for those that `ends` names by a word of theirs. */
function mustHaveEnded(ran, ends = {}) {
  for (const { line, code, output } of ran) {
    const [, wanted] = Object.entries(ends).find(([word]) => line.includes(word)) ?? ["", 0];
    if (code !== wanted) throw new Error(`${line} ended with ${code}: ${output}`);
  }
}

/** A start that finds a wrong setting: its last lines and the doctor name it, and what is stored is whole. */
export async function doesNotStart(workshop) {
  await aHouse(workshop);
  await workshop.shell("docker rm --force --time 10 sallyport");
  await workshop.attempt(
    `${house.line.replace("--env SECOND_FACTOR=off", "--env SECOND_FACTOR=perhaps")}\ndocker wait sallyport`,
  );
  const ran = await typed(workshop, "docker logs --tail");
  mustHaveEnded(ran, { doctor: 1 });
  const [logs, , doctor] = ran.map(({ output }) => output);
  if (!logs.includes("SECOND_FACTOR")) throw new Error(`the last lines do not say why: ${logs}`);
  if (!doctor.includes("database.at_rest")) throw new Error(`the doctor does not say that nothing runs: ${doctor}`);
  return "the last lines say why, the doctor that nothing runs, and what is stored is whole";
}

const restoredLine = () => house.line.replace("sallyport:/data", "sallyport-restored:/data");

export async function wrongCommand(workshop) {
  await aHouse(workshop);
  await workshop.shell(`docker exec sallyport /app/portal people email ${owner.email} nobody@example.test --yes`);
  mustHaveEnded(
    await typed(
      workshop,
      "mkdir -p backups\ndocker stop --time 30 sallyport\ndocker rm sallyport\ncommand_in sallyport backup - > backups/before",
    ),
  );
  await workshop.shell(restoredLine());
  const said = await untilReady(workshop);
  if (said.includes("/setup?link=")) throw new Error("it printed a set-up link");
  await logIn(house.origin);
}

export async function stolenKey(workshop) {
  await aHouse(workshop);
  mustHaveEnded(
    await typed(
      workshop,
      "mkdir -p backups\ndocker stop --time 30 sallyport\ndocker rm sallyport\ncommand_in sallyport backup - > backups/stolen",
    ),
  );
  await workshop.shell(restoredLine());
  await untilReady(workshop);
  mustHaveEnded(await typed(workshop, "docker exec sallyport /app/portal rotate-keys"));
  await untilReady(workshop);
  const keys = await workshop.shell("cat secrets/portal_keys");
  if (!keys.startsWith("k-new:") || keys.includes(",")) throw new Error("the new key is not alone");
  const gotIn = await logIn(house.origin).catch(() => null);
  if (gotIn !== null) throw new Error("a password of before still opens the portal");
  await workshop.shell("docker exec sallyport /app/portal rotate-keys --check");
}
