import { nightCommands } from "@/lib/cli/night-commands";
import { runInProcess } from "@/lib/cli/run-in-process";

/** `npm run portal -- backup …`, `restore …` and `audit …`: the same command line as `portal.ts`, loaded without all the others. */
await runInProcess(nightCommands);
