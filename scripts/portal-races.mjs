import { parseArgs } from "node:util";
import "./check-node.mjs";

const { openCast } = await import("./bench/cast.mjs");
const { actionId, sendingEnv, startPortal, startSecond } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { actionRequest, address, apiRequest } = await import("./bench/request.mjs");
const { releaseTogether } = await import("./portals/barrier.mjs");
const { unserved } = await import("./portals/unserved.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run races:portals [-- ROUNDS [WORD]]`: two portals (two processes) on one database, fifty requests over HTTP released at one
 * moment, 200 rounds of each race (or of those with WORD in their name) unless said otherwise. `--isolation serializable` and `--cached-sequences` make
 * the database one of that kind. Exits 1 when a round has another count than the rule allows, or when anybody was told to come back later or read a fault.
 */
const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { isolation: { type: "string" }, "cached-sequences": { type: "boolean", default: false } },
});
const rounds = Number(positionals[0] ?? 200);
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 2000) giveUp("Give a number of rounds between 1 and 2000.");

await ensureTools();
const copy = await layOutCopy();
say("Starting two portals on one database…");
const passkeys = { SECOND_FACTOR_KINDS: `passkey,${sendingEnv.SECOND_FACTOR_KINDS}`, PASSKEY_UNASKED: "true" };
Object.assign(process.env, sendingEnv, passkeys);
const first = await startPortal(copy);
const { url, ctx, close, load } = await openCast(copy, first, [
  "lib/testing/portal-races.ts",
  "lib/testing/other-manners.ts",
]);
const { inWords, mannersOf, teach } = await load("other-manners.mjs");
const manners = mannersOf({ isolation: asked.isolation, cached: asked["cached-sequences"] });
await teach(url, manners);
const second = await startSecond(copy, url, first.origin);
say(
  `Portals: process ${first.pid} on port ${first.port}, process ${second.pid} on port ${second.port}; address ${first.origin}; the database ${inWords(manners) || "as it comes"}.`,
);
const { races } = await load("portal-races.mjs");
const actions = ["answerAction", "logInAction", "confirmEnrolmentAction", "removeFactorAction", "sendCodeAction"];
const ids = Object.fromEntries(
  [...actions, "confirmAtLoginAction", "keepUnaskedAction"].map((name) => [name, actionId(copy, name)]),
);

let broken = 0;
let requests = 0;
const chosen = Object.entries(races).filter(([name]) => name.includes(positionals[1] ?? ""));
if (chosen.length === 0) giveUp("No race has that word in its name.");
for (const [name, prepare] of chosen) {
  const begun = performance.now();
  const found = { won: [0, 0], failed: 0, wrong: 0, later: 0, fault: 0 };
  for (let round = 0; round < rounds; round += 1) await play(await prepare(ctx), found);
  broken += found.failed;
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  say(
    `${found.failed === 0 ? "ok  " : "FAIL"} ${name}: ${rounds} rounds × 50, won by the first portal ${found.won[0]}, by the second ${found.won[1]}, wrong rounds ${found.wrong}, told to come back later ${found.later}, faults ${found.fault} (${seconds} s)`,
  );
}
await close();
await second.stop();
await first.stop();
say(`${chosen.length * rounds - broken} passed, ${broken} failed`);
if (broken > 0) process.exitCode = 1;

function requestOf(shot) {
  requests += 1;
  const from = { origin: first.origin, path: shot.path, ip: address(requests * 263) };
  if ("clientId" in shot) return apiRequest({ ...from, app: shot.clientId, token: shot.token, body: shot.body });
  return actionRequest({ ...from, action: ids[shot.action], cookie: shot.cookie, fields: shot.fields });
}

function isYes({ status, head, body }, shot) {
  if ("clientId" in shot) return status === 200 && body.includes('{"code":200,');
  if (shot.leadsTo === null) return status === 200 && body.includes('{"status":"done"');
  return status === 200 && head.toLowerCase().includes(`\r\nx-action-redirect: ${shot.leadsTo ?? "/security"}`);
}

async function play({ shots, verdict }, found) {
  const answers = await releaseTogether(
    shots.map((shot, n) => ({ port: n % 2 === 0 ? first.port : second.port, request: requestOf(shot) })),
  );
  const wins = answers.map((answer, n) => isYes(answer, shots[n]));
  const sentAway = answers.flatMap((answer, n) => unserved(answer, "clientId" in shots[n]) ?? []);
  for (const what of sentAway) found[what] += 1;
  found.won[0] += wins.filter((won, n) => won && n % 2 === 0).length;
  found.won[1] += wins.filter((won, n) => won && n % 2 === 1).length;
  const why = await verdict(wins.filter(Boolean).length);
  if (why !== null || sentAway.length > 0) found.failed += 1;
  if (why === null) return;
  found.wrong += 1;
  say(`     wrong: ${why}`);
}
