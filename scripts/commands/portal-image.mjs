import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { checkEnvFile } from "../grounds.mjs";
import { checkImageGrounds, imageGrounds } from "../image/image-grounds.mjs";
import { looksAnyway, noteGround } from "../note-ground.mjs";
import { portalProgram, runProgram, spareMemory } from "../portal-program.mjs";
import { told } from "../refusal.mjs";
import { root } from "../run-step.mjs";
import { answerInJson } from "../say.mjs";

/** `/app/portal …`: the command line inside an image, where everything was built with it. */
async function portalImage() {
  process.chdir(root);
  if (process.argv.includes("--json")) answerInJson();
  if (looksAnyway(process.argv.slice(2))) globalThis.sallyportGround = await noteGround(imageGrounds);
  else checkGround();
  dropForeign();
  process.env.NODE_ENV = "production";
  spareMemory(process.argv.slice(2));
  await runProgram(portalProgram(process.argv.slice(2)));
}

function checkGround() {
  checkEnvFile();
  checkImageGrounds();
  loadEnvFile();
}

await told(portalImage);
