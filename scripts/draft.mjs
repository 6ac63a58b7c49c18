import { checkNode, ensureBundled, ensureInstalled } from "./prepare.mjs";
import { root } from "./run-step.mjs";

/** `npm run db:draft` and `npm run db:check`. */
process.chdir(root);
checkNode();
await ensureInstalled();
await ensureBundled(["prisma/draft-migration.ts"]);
const { draftMigration } = await import("../.sallyport/draft-migration.mjs");
process.exitCode = await draftMigration(root, process.argv.slice(2));
