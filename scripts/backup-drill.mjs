import { parseArgs } from "node:util";
import "./check-node.mjs";

const { asOwnAccount } = await import("./drill/own-account.mjs");
const { nights } = await import("./drill/nights.mjs");
const { followNight } = await import("./drill/follow-night.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root, run } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run backup:drill [-- --night disk-died --account sallyport]`: the nights of docs/nights, each followed word for word from its page on a house of its own with people in it,
 * and what must be true afterwards. Root goes through them as an account that owns nothing but its checkout: the portal's own where it is named, else one that every machine has. Says how many minutes each took. Exits 1 when a line of a page fails, or somebody gets in who must not, or the reverse.
 */
const { values } = parseArgs({
  options: { night: { type: "string" }, account: { type: "string" }, in: { type: "string" } },
});
const night = nights.find(({ name }) => name === values.night);
if (values.night !== undefined && night === undefined)
  giveUp(`There is no such night. The nights: ${nights.map(({ name }) => name).join(", ")}`);

if (values.in === undefined) await ensureTools();
process.exit(night === undefined ? await all() : await one()); // a portal that a page has started ends with us

/** Each in a process of its own: one house's keys and settings are not another's. */
async function all() {
  let failed = 0;
  for (const { name } of nights) {
    const words = ["--night", name, ...(values.account === undefined ? [] : ["--account", values.account])];
    const { code } = await run(process.execPath, ["scripts/backup-drill.mjs", ...words], {
      cwd: root,
      quiet: false,
    });
    if (code !== 0) failed += 1;
  }
  say(failed === 0 ? "All nights are over, and everybody is where they belong." : `${failed} nights went wrong.`);
  return failed === 0 ? 0 : 1;
}

async function one() {
  const code = values.in === undefined ? await asOwnAccount(night.name, values.account) : null;
  if (code !== null) return code;
  const begun = performance.now();
  const fault = await followNight(night, values.in).then(
    () => null,
    (error) => error,
  );
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  if (fault === null) say(`ok   ${night.name}: ${minutes} minutes`);
  else say(`FAIL ${night.name} after ${minutes} minutes: ${fault.message}`);
  return fault === null ? 0 : 1;
}
