import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { checkEnvFile } from "../grounds.mjs";
import { checkImageGrounds } from "../image/image-grounds.mjs";
import { told } from "../refusal.mjs";
import { root } from "../run-step.mjs";

/** What an image runs. Everything was built with it, so this writes nothing outside DATA_DIR: it looks at what it was given and serves. */
async function serveImage() {
  process.chdir(root);
  checkEnvFile();
  checkImageGrounds();
  loadEnvFile();
  dropForeign();
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const { serve } = await import("../../.sallyport/serve.mjs");
  await serve({ root });
}

await told(serveImage);
