import { serve } from "../../.sallyport/serve.mjs";

// Whoever started this portal holds the other end: when they are gone, however they ended, so is it.
process.stdin.resume().once("end", () => process.kill(process.pid, "SIGTERM"));
await serve({ root: process.cwd() });
