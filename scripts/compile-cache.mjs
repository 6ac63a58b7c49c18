import module from "node:module";
import { compiled } from "./compiled.mjs";

/**
 * Node 22.8 and newer keep what they have compiled beside the bundles, for the next start. Where the folder cannot be written (another account, a
 * read-only disk) Node says so in what the call returns and goes on without, which is meant; Node 20 has no such call.
 */
module.enableCompileCache?.(compiled);
