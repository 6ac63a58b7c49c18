import { config } from "@/lib/config/config";
import { noteKeysOfBuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { directMistake } from "@/lib/db/one-database";
import { aCommand, takeInstanceLock } from "@/lib/serve/instance-lock";
import { stopSignals } from "@/scripts/stop-signals.mjs";

/** Opens a database in which there may be nothing yet, for one piece of work; `say` hears about slow steps. `url`: past a pooler. */
export type WithPlace = <T>(say: (line: string) => void, work: (url: string) => Promise<T>) => Promise<T>;

/**
 * Runs `work` where a portal is to live that has never been started: the operator's own database, else the built-in one, which is made for it. That one is ours
 * alone until `work` is done, and is stopped afterwards: no portal begins on it meanwhile. Throws an Error for the operator when there is none to be had.
 */
export const withPlace =
  (root: string): WithPlace =>
  async (say, work) => {
    const { databaseUrl, databaseDirectUrl, dataDir } = config();
    if (databaseUrl !== null) {
      const [url, directUrl] = [databaseUrl.reveal(), (databaseDirectUrl ?? databaseUrl).reveal()];
      const astray = await directMistake({ url, directUrl });
      if (astray !== null) throw new Error(`${astray} Nothing was changed.`);
      return work(directUrl);
    }
    const house = await takeInstanceLock(dataDir, aCommand);
    if (house.kind === "taken")
      throw new Error(
        house.by === aCommand
          ? "Another command is working on the database here. Nothing was changed. Wait until it has ended, and try again."
          : `A portal runs here: ${house.by}. Nothing was changed. Stop it first.`,
      );
    try {
      return await onBuiltIn({ root, dataDir, say }, work);
    } finally {
      house.release();
    }
  };

type Grounds = { readonly root: string; readonly dataDir: string; readonly say: (line: string) => void };

/** The keys are noted beside the database once `work` has opened it with them. A signal ends a start that still waits, too: no server stays behind. */
async function onBuiltIn<T>(grounds: Grounds, work: (url: string) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const starting = startBuiltIn({ ...grounds, signal: over.signal });
  const leave = () =>
    starting.then(
      (database) => database.stop(),
      () => undefined, // what went wrong with the start is not what ends us
    );
  const onSignal = () => {
    over.abort(new Error("Interrupted."));
    void leave().finally(() => process.exit(130));
  };
  for (const name of stopSignals) process.once(name, onSignal);
  try {
    const result = await work((await starting).url);
    await noteKeysOfBuiltIn(grounds.dataDir);
    return result;
  } finally {
    for (const name of stopSignals) process.off(name, onSignal);
    await leave();
  }
}
