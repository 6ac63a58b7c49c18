import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { freePort } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { cookieName, nextAddress } = await import("./bench/request.mjs");
const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");
const { layOutOlder, versionOf } = await import("./versions/older-tree.mjs");
const { startOlderAgain } = await import("./versions/older-again.mjs");
const { filesIn, openForms, sendForms } = await import("./versions/open-forms.mjs");
const { build, keepFiles, openOlder, rollOneAfterTheOther, settingsOf, startAt } = await import("./versions/roll.mjs");
const { startTraffic } = await import("./versions/traffic.mjs");

/**
 * `npm run roll:version [-- --before 0015]`: two portals of the version before the newest migration, or before that one, on one database, become this checkout's one after the other while people
 * look at their pages, log in, and have forms open. Between the two the older portal that is left is killed, and the older command line is asked. Exits 1 when somebody was signed out, was refused who is right, or lost a form, or a page of the old
 * version found no script of its own, or when what is old did not start again where docs/operate.md says that it does.
 */
const [atHome, toLogIn, visitors] = [12, 400, 4];

await ensureTools();
await bundle(["e2e/support/plain-browser.ts", "lib/testing/throw-away-server.ts"]);
const ours = (name) => import(join(root, ".sallyport", name));
const { plainBrowser } = await ours("plain-browser.mjs");
const { startThrowAwayServer } = await ours("throw-away-server.mjs");

const { values } = parseArgs({ options: { before: { type: "string" } } });
const older = await layOutOlder(values.before);
const newer = await layOutCopy();
say(`Older: ${older.commit.slice(0, 10)} (${versionOf(older.folder)}). Newer: this checkout (${versionOf(newer)}).`);
const server = await startThrowAwayServer(root);
const settings = settingsOf(older.folder);
say("Building both…");
await build(older.folder, settings, await emptyDatabase("older"));
await build(newer, settings, await emptyDatabase("newer"));
keepFiles(older.folder, newer);
const result = await roll().finally(() => server.stop());
if (result.wrong > 0) giveUp(`${result.wrong} things went wrong.`);
process.exit(0);

async function emptyDatabase(name) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: server.urlOf("postgres") });
  await client.connect();
  await client.query(`CREATE DATABASE roll_${name}`);
  await client.end();
  return server.urlOf(`roll_${name}`);
}

async function roll() {
  const ports = [await freePort(), await freePort()];
  const place = { settings, databaseUrl: await emptyDatabase("house"), origin: `http://localhost:${ports[0]}` };
  const portals = [];
  for (const port of ports) portals.push(await startAt(older.folder, place, port));
  const { people, ctx, close } = await openOlder(older.folder, place);
  const town = await moveIn({ people, ctx, origin: place.origin });
  const forms = await formsAt(ports, town);
  const files = filesIn(await town.session().open(ports[0], "/security"));
  const living = [...ports];
  const sessions = Array.from({ length: atHome }, town.session);
  const traffic = startTraffic({ ...town, living, sessions, visitors });
  await pause(5_000);
  say("Rolling…");
  const start = (port) => startAt(newer, place, port);
  const between = async () => {
    await pause(5_000);
    const again = await startOlderAgain({ folder: older.folder, place, portal: portals[1], living });
    portals[1] = again.portal;
    return again.wrong;
  };
  const rolled = await rollOneAfterTheOther({ portals, living, start, between });
  const lost = [
    ...(await sendForms(forms.slice(0, forms.length / 2), ports[1])),
    ...(await sendForms(forms.slice(forms.length / 2), ports[0])),
  ];
  const missing = await missingOf(town.openBrowser(nextAddress()), files, ports);
  await pause(5_000);
  await traffic.end();
  for (const portal of rolled.newer) await portal.stop();
  await close();
  return tell({ ...traffic.tally, rolled, forms, lost, files, missing });
}

/** Everybody who takes part, by the older version's hand. `person`, `session`: the next one that nobody else has. */
async function moveIn({ people, ctx, origin }) {
  const openBrowser = (ip, cookies = []) => plainBrowser(origin, ip, cookies);
  const everybody = await people.makeBenchPeople(ctx, toLogIn);
  const withSession = await people.makeBenchPeople(ctx, atHome + 60);
  const cookies = await people.openSessions(ctx, withSession);
  const session = () => openBrowser(nextAddress(), [`${cookieName(origin, "session")}=${cookies.pop()}`]);
  const person = () => everybody.pop();
  return { origin, openBrowser, session, person, people: everybody, password: people.benchPassword };
}

/** Four of each kind at each portal: those of the first port come first. */
async function formsAt(ports, { origin, openBrowser, session, person, password }) {
  const forms = [];
  for (const port of ports.flatMap((each) => [each, each, each, each])) {
    const given = () => ({
      folder: older.folder,
      origin,
      port,
      password,
      browser: openBrowser(nextAddress()),
      person: person(),
      session: session(),
    });
    forms.push(...(await openForms(given)));
  }
  return forms;
}

async function missingOf(browser, files, ports) {
  const missing = [];
  for (const port of ports)
    for (const path of files)
      if ((await browser.open(port, path)).status !== 200) missing.push(`${path} at port ${port}`);
  return missing;
}

function tell({ looks, logins, signedOut, refused, rolled, forms, lost, files, missing }) {
  say(`Rolled in ${rolled.seconds} s.`);
  const rows = [
    [`${looks} looks of ${atHome} people who were logged in`, "signed out", signedOut],
    [`${logins} logins, each page drawn by one portal and answered by the other`, "refused", refused],
    [`${forms.length} forms opened at the old version and sent to the new one`, "lost", lost],
    ["an old portal killed beside a new one, and a command of the old version", "not as the page says", rolled.wrong],
    [`${files.length} files of the old version's pages, asked of both new portals`, "missing", missing],
  ];
  for (const [what, word, list] of rows) {
    say(`${list.length === 0 ? "ok  " : "FAIL"} ${what}: ${word} ${list.length}`);
    for (const line of new Set(list)) say(`     ${line}`);
  }
  return { wrong: rows.reduce((sum, [, , list]) => sum + list.length, 0) };
}
