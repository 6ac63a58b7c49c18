import { randomInt } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCast } from "./bench/cast.mjs";
import { exchange } from "./bench/load.mjs";
import { mannWhitney } from "./bench/mann-whitney.mjs";
import { actionId, startPortal } from "./bench/portal.mjs";
import { actionRequest, address } from "./bench/request.mjs";
import { median } from "./bench/run-load.mjs";
import { ensureTools } from "./prepare.mjs";
import { root, run } from "./run-step.mjs";
import { giveUp, say } from "./say.mjs";

/**
 * `npm run timing`: does the time of a refused login tell who has an account (ASVS 5.0, 6.3.8)? Sends logins of three kinds, one after
 * another in random order, each from another address and under another name, to a portal of its own, and compares the kinds in pairs.
 * Exits 1 when two differ beyond chance (p < 0.001) and by enough to be heard through a network (medians more than 2 ms apart).
 */
const each = 500;
const warmUp = 100;
const [chance, audible] = [0.001, 2];
const left = new Set(["node_modules", ".git", ".next", ".sallyport", "data", ".bench", ".env", "bench-results"]);

async function timing() {
  await ensureTools();
  const copy = await layOutCopy();
  say("Building a copy (about a minute)…");
  try {
    const portal = await startPortal(copy);
    try {
      report(await measure(copy, portal));
    } finally {
      await portal.stop();
    }
  } finally {
    const location = join(copy, "data", "postgres.location");
    if (existsSync(location)) rmSync(readFileSync(location, "utf8").split("\n")[0], { recursive: true, force: true });
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The checkout in a folder that is thrown away afterwards, its packages as hard links where the disk allows it. */
async function layOutCopy() {
  const copy = mkdtempSync(join(tmpdir(), "sallyport-timing-"));
  for (const name of readdirSync(root))
    if (!left.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  const packages = [join(root, "node_modules"), join(copy, "node_modules")];
  const linked = await run("cp", ["-al", ...packages]);
  if (linked.code !== 0) cpSync(...packages, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Out: the milliseconds of every login by its kind. */
async function measure(copy, portal) {
  const { logins, close } = await cast(copy, portal);
  const action = actionId(copy, "logInAction");
  const times = { unknown: [], wrong: [], invited: [] };
  let socket = null;
  for (const [n, { kind, email }] of logins.entries()) {
    const fields = { identifier: email, password: "not the password at all", returnTo: "/security" };
    const ip = address((n + 1) * 257);
    const request = actionRequest({ origin: portal.origin, path: "/login", action, fields, ip });
    socket ??= await open(portal.port);
    const begun = process.hrtime.bigint();
    const answer = await exchange(socket, request);
    const took = Number(process.hrtime.bigint() - begun) / 1e6;
    if (!answer.body.includes('"login.wrong"'))
      giveUp(`A login was not refused as wrong: status ${answer.status}, ${answer.body.slice(0, 300)}`);
    if (n >= warmUp * 3) times[kind].push(took);
    if (/\r\nconnection: close/i.test(answer.head)) socket = void socket.destroy();
  }
  socket?.destroy();
  await close();
  return times;
}

/** Who logs in, in random order after the warm-up: nobody, somebody with a password, and somebody who was invited and has none yet. */
async function cast(copy, portal) {
  const { people, ctx, close } = await openCast(copy, portal);
  const count = each + warmUp;
  const [wrong, invited] = [await people.makeBenchPeople(ctx, count), await people.makeBenchPeople(ctx, count)];
  const ids = invited.map(({ id }) => id);
  await ctx.db.user.updateMany({ where: { id: { in: ids } }, data: { passwordHash: null, passwordChangedAt: null } });
  const kinds = Array.from({ length: count }, (_, n) => [
    { kind: "unknown", email: wrong[n].email.replace("bench", "nobody") },
    { kind: "wrong", email: wrong[n].email },
    { kind: "invited", email: invited[n].email },
  ]);
  const logins = [...kinds.slice(0, warmUp).flat(), ...shuffled(kinds.slice(warmUp).flat())];
  return { logins, close };
}

function report(times) {
  for (const [kind, all] of Object.entries(times)) {
    const [mean, p95] = [all.reduce((sum, one) => sum + one, 0) / all.length, quantile(all, 0.95)];
    say(`${kind.padEnd(8)} n ${all.length}  mean ${ms(mean)}  median ${ms(median(all))}  p95 ${ms(p95)}`);
  }
  for (const [one, other] of [
    ["unknown", "wrong"],
    ["unknown", "invited"],
    ["wrong", "invited"],
  ]) {
    const { z, p } = mannWhitney(times[one], times[other]);
    const apart = Math.abs(median(times[one]) - median(times[other]));
    const tells = p < chance && apart > audible;
    say(
      `${one}/${other}: z ${z.toFixed(2)}, p ${p.toPrecision(3)}, medians ${ms(apart)} apart${tells ? ": IT TELLS" : ""}`,
    );
    if (tells) process.exitCode = 1;
  }
}

const ms = (value) => `${value.toFixed(2)} ms`;
const quantile = (all, share) => [...all].sort((a, b) => a - b)[Math.floor(all.length * share)];

function shuffled(all) {
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

await timing();
