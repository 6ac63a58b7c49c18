import "./check-node.mjs";

const { ensureBundled } = await import("./prepare.mjs");
const { ensureInstalled } = await import("./packages.mjs");
const { told } = await import("./refusal.mjs");
const { root } = await import("./run-step.mjs");

/** `npm run db:draft` and `npm run db:check`. */
async function draft() {
  process.chdir(root);
  await ensureInstalled();
  await ensureBundled(["prisma/draft-migration.ts"]);
  const { draftMigration } = await import("../.sallyport/draft-migration.mjs");
  process.exitCode = await draftMigration(root, process.argv.slice(2));
}

await told(draft);
