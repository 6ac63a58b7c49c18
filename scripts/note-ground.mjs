import { checkDataFolder, checkSystem } from "./database-grounds.mjs";
import { loadEnvFile } from "./env-file.mjs";
import { checkEnvFile } from "./grounds.mjs";
import { sentenceOf } from "./refusal.mjs";
import { noteObjections } from "./say.mjs";

/** The doctor tells what others are refused for. In: the words of the command. */
export const looksAnyway = (words) => words.find((word) => !word.startsWith("-")) === "doctor";

/**
 * The first steps of a command that only looks: it goes on where others are refused. Out: what they would be told, in sentences, and whether the file of settings
 * could be read; where it could not, nobody can tell where the data folder is, and none of the `works` is done.
 */
export async function noteGround(works = [checkDataFolder, checkSystem]) {
  let isEnvRead = false;
  const readEnv = () => {
    checkEnvFile();
    loadEnvFile();
    isEnvRead = true;
  };
  const onceRead = works.map((work) => () => isEnvRead && work());
  const sentences = await noteObjections([readEnv, ...onceRead], sentenceOf);
  return { sentences, isEnvRead };
}
