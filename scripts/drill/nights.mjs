import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { empty } from "../bench/trees.mjs";
import { root, run } from "../run-step.mjs";
import { portalCommand, visit } from "./follow-night.mjs";

/** A restore spends the codes of that moment and of the next one, and whoever has just used one waits for the next: two steps of half a minute. */
export const nextCode = 61_000;

/** The old `.env` in another place, as everybody should have it. */
async function keepEnv({ old, place }) {
  const { code, output } = await run("cp", ["-p", join(old, ".env"), join(place, "safe.env")]);
  if (code !== 0) throw new Error(output);
}

async function everybodyGetsIn(scene) {
  await pause(nextCode);
  for (const person of scene.persons) await comeBack(scene, person);
}

/** Somebody's first login after a restore: both factors, the page that says what was undone, and then in. */
export async function comeBack(scene, person) {
  const visitor = await visit(scene, person);
  await visitor.passFirstDoor();
  await visitor.passSecondDoor(false);
  await mustFail("nobody was told that their account was set back", () => visitor.look(), "/security/set-back");
  await visitor.readSetBack();
  await visitor.look();
  visitor.close();
}

/** `words`: what the fault that is wanted says; any other is none. */
export async function mustFail(what, work, words) {
  const said = await work().then(
    () => "",
    ({ message }) => message,
  );
  if (!said.includes(words)) throw new Error(`${what} (${said})`);
}

/** Somebody whose password is closed and whose factors are gone, by the link that the page has the operator make. */
async function invitedGetsIn(scene, person) {
  const said = await portalCommand(scene.old, "people", "invite", person.email);
  const visitor = await visit(scene, person);
  await visitor.takeInvitation(/\/welcome\/(\S+)/.exec(said)?.[1] ?? "", randomBytes(12).toString("hex"));
  await mustFail("nobody was told that their account was set back", () => visitor.look(), "/security/set-back");
  await visitor.readSetBack();
  await visitor.look();
  visitor.close();
}

/** The cookie of before opens nothing: neither is its row there, nor would its stamp be. */
const oldSessionIsDead = ({ signedIn }) => mustFail("a session of before is alive", () => signedIn.look(), "/login");

export const nights = [
  {
    name: "disk-died",
    happens: async (scene) => {
      await keepEnv(scene);
      empty(scene.old);
    },
    startsIn: ({ place }) => place,
    words: ({ place, backup }) => ({
      "ADDRESS-OF-THE-REPOSITORY": root,
      "/safe/sallyport.env": join(place, "safe.env"),
      "/backups/NEWEST": backup,
    }),
    isTrue: async (scene) => {
      await everybodyGetsIn(scene);
      await oldSessionIsDead(scene);
    },
  },
  {
    name: "wrong-command",
    happens: async ({ old, persons }) => {
      for (const { email } of persons) await portalCommand(old, "people", "reset-factors", email, "--yes");
    },
    startsIn: ({ old }) => old,
    words: ({ backup }) => ({ "/backups/LAST-GOOD": backup }),
    isTrue: async (scene) => {
      await everybodyGetsIn(scene);
      await oldSessionIsDead(scene);
    },
  },
  {
    name: "stolen-key",
    happens: async () => undefined,
    startsIn: ({ old }) => old,
    words: ({ persons }) => ({ "ADA@example.test GRACE@example.test": persons.map(({ email }) => email).join(" ") }),
    isTrue: async (scene) => {
      for (const person of scene.persons) {
        const thief = await visit(scene, person);
        const what = `the password of ${person.email} still opens the first door`;
        await mustFail(what, () => thief.passFirstDoor(), "led nowhere");
        thief.close();
      }
      await oldSessionIsDead(scene);
      if (!/^PORTAL_KEYS=k-new:[^,]+$/m.test(readFileSync(join(scene.old, ".env"), "utf8")))
        throw new Error("the new key is not alone");
      await invitedGetsIn(scene, scene.persons.at(-1));
    },
  },
];
