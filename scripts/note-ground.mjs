import { checkDataFolder, checkSystem } from "./database-grounds.mjs";
import { loadEnvFile } from "./env-file.mjs";
import { checkEnvFile } from "./grounds.mjs";
import { sentenceOf } from "./refusal.mjs";
import { noteObjections } from "./say.mjs";

/**
 * The first steps of a command that only looks: it goes on where others are refused. Out: what they would be told, in sentences, and whether the file of settings
 * could be read; where it could not, nobody can tell where the data folder is.
 */
export async function noteGround() {
  let isEnvRead = false;
  const readEnv = () => {
    checkEnvFile();
    loadEnvFile();
    isEnvRead = true;
  };
  const place = () => isEnvRead && checkDataFolder();
  const system = () => isEnvRead && checkSystem();
  const sentences = await noteObjections([readEnv, place, system], sentenceOf);
  return { sentences, isEnvRead };
}
