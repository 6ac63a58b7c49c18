import { commands } from "@/lib/cli/commands";
import { runInProcess } from "@/lib/cli/run-in-process";

/** `npm run portal -- …` in its own process. */
await runInProcess(commands);
