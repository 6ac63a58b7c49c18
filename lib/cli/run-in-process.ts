import { withPlace } from "@/lib/cli/bare-place";
import type { Command } from "@/lib/cli/command";
import { withHouseAsItIs } from "@/lib/cli/night-house";
import { runPortal } from "@/lib/cli/run-portal";
import { processTerminal } from "@/lib/cli/terminal";
import { withDatabase } from "@/lib/cli/with-database";
import { takeDeafSignals } from "@/scripts/stop-signals.mjs";

/** Runs the command that this process was started with, one of these, called from the folder of the portal; ends the process with its exit code. */
export async function runInProcess(commands: readonly Command[]): Promise<void> {
  const root = process.cwd();
  takeDeafSignals(); // the portal starts its nightly backups past the scripts
  process.stderr.on("error", () => undefined); // who cannot be told anything cannot be told that
  const code = await runPortal(process.argv.slice(2), {
    commands,
    terminal: processTerminal,
    withDatabase: (say, work) => withDatabase(root, say, work),
    withPlace: withPlace(root),
    withHouse: withHouseAsItIs(root),
  });
  // A database that a portal has taken over from us is still our child: it must not keep this process.
  process.stderr.write("", () => process.exit(code));
}
