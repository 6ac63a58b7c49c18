import { checkDataFolder } from "../database-grounds.mjs";
import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { checkEnvFile } from "../grounds.mjs";
import { checkImageGrounds } from "../image/image-grounds.mjs";
import { told } from "../refusal.mjs";
import { root } from "../run-step.mjs";
import { answerInJson } from "../say.mjs";

/** `/app/portal …`: the command line inside an image, where everything was built with it. */
async function portalImage() {
  process.chdir(root);
  if (process.argv.includes("--json")) answerInJson();
  checkEnvFile();
  checkImageGrounds();
  checkDataFolder();
  loadEnvFile();
  dropForeign();
  process.env.NODE_ENV = "production";
  await import("../../.sallyport/portal.mjs");
}

await told(portalImage);
