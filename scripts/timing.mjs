import { createHash, randomBytes, randomInt } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "./check-node.mjs";

const { openCast } = await import("./bench/cast.mjs");
const { exchange } = await import("./bench/load.mjs");
const { actionId, sendingEnv, startPortal } = await import("./bench/portal.mjs");
const { actionRequest, address, cookieName } = await import("./bench/request.mjs");
const { textOf } = await import("./bench/same-text.mjs");
const { report } = await import("./bench/timing-report.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root, run } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run timing [-- words of a question]`: does the time or the text of an answer tell who has an account (ASVS 5.0, 6.3.8), at the login or where
 * one is asked for, or who has bound a number or an address? Sends requests of different kinds one after another in random order, each from another address and about
 * another account, to a portal of its own, and compares the kinds. Exits 1 when two differ (`bench/timing-report.mjs`).
 */
const each = 500;
const warmUp = 100;
const left = new Set(["node_modules", ".git", ".next", ".sallyport", "data", ".bench", ".env", "bench-results"]);
const timed = ["lib/testing/timing-people.ts", "lib/testing/numbers.ts"];
const chosen = process.argv.slice(2).join(" ");

async function timing() {
  await ensureTools();
  const copy = await layOutCopy();
  say("Building a copy (about a minute)…");
  Object.assign(process.env, sendingEnv);
  try {
    const portal = await startPortal(copy);
    try {
      await askAll(copy, portal);
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

/** Every question, one after another: the login, then what is asked about numbers and addresses. */
async function askAll(copy, portal) {
  const { people, ctx, close, load } = await openCast(copy, portal, timed);
  const { stages } = await load("timing-people.mjs");
  const { numberIn } = await load("numbers.mjs");
  const questions = [
    { name: "login with a wrong password", prepare: () => logins(people, portal, ctx) },
    {
      name: "the same with a made-up device cookie",
      prepare: async () => withDevice(await logins(people, portal, ctx), portal),
    },
    { name: "asking for an account", prepare: () => registrations(people, portal, ctx) },
    { name: "a forgotten password", prepare: () => forgotten(people, portal, ctx) },
    { name: "a letter that ends the wait", prepare: () => unlocks(people, portal, ctx) },
    { name: "a wrong code of that letter", prepare: () => unlockCodes(people, portal, ctx) },
    { name: "a login e-mail that may be somebody else's", prepare: () => claims(people, portal, ctx, emails) },
    {
      name: "a login number that may be somebody else's",
      prepare: () => claims(people, portal, ctx, numbers(numberIn)),
    },
    ...stages.map((stage) => ({ name: stage.name, prepare: () => aboutAddresses(stage, portal, ctx) })),
  ].filter(({ name }) => name.includes(chosen));
  for (const { name, prepare } of questions) {
    const asked = await measure(copy, portal, await prepare());
    if (report(name, asked)) process.exitCode = 1;
  }
  await close();
}

/** Who logs in: nobody, somebody with a password, and somebody who was invited and has none yet. */
async function logins(people, { origin }, ctx) {
  const count = each + warmUp;
  const [wrong, invited] = [await people.makeBenchPeople(ctx, count), await people.makeBenchPeople(ctx, count)];
  const ids = invited.map(({ id }) => id);
  await ctx.db.user.updateMany({ where: { id: { in: ids } }, data: { passwordHash: null, passwordChangedAt: null } });
  const fields = (identifier) => ({ identifier, password: "not the password at all", returnTo: "/security" });
  const requests = Array.from({ length: count }, (_, n) => [
    { kind: "unknown", fields: fields(wrong[n].email.replace("bench", "nobody")) },
    { kind: "wrong", fields: fields(wrong[n].email) },
    { kind: "invited", fields: fields(invited[n].email) },
  ]).flat();
  const cookie = `${cookieName(origin, "probe")}=1`; // as a browser that keeps cookies brings it
  const brought = requests.map((request) => ({ ...request, cookie }));
  return { action: "logInAction", path: "/login", says: '"login.wrong"', requests: brought };
}

/** Who asks for an account: with an address that nobody has, that somebody has, that was invited and never in, and whose account is disabled. */
async function registrations(people, { origin }, ctx) {
  const count = each + warmUp;
  const kinds = ["free", "taken", "invited", "disabled"];
  const taken = await people.makeBenchPeople(ctx, 3 * count);
  const [, invited, disabled] = [0, 1, 2].map((part) =>
    taken.slice(part * count, (part + 1) * count).map(({ id }) => id),
  );
  await ctx.db.user.updateMany({
    where: { id: { in: invited } },
    data: { passwordHash: null, passwordChangedAt: null },
  });
  await ctx.db.user.updateMany({ where: { id: { in: disabled } }, data: { disabledAt: ctx.now } });
  const cookie = `${cookieName(origin, "probe")}=1`;
  const emailOf = (kind, n) =>
    kind === 0 ? taken[n].email.replace("bench", "nobody") : taken[(kind - 1) * count + n].email;
  const requests = Array.from({ length: count }, (_, n) =>
    kinds.map((kind, place) => ({ kind, cookie, fields: { email: emailOf(place, n) } })),
  ).flat();
  return { action: "askToRegisterAction", path: "/register", says: "/register/sent", requests };
}

/** Who asks for a new password. */
async function forgotten(people, portal, ctx) {
  const requests = await byName(people, portal, ctx);
  return { action: "askForResetAction", path: "/forgot-password", says: "/forgot-password?sent=1", requests };
}

/** Who asks for the letter by which a browser may try the password although strangers keep its owner waiting. */
async function unlocks(people, portal, ctx) {
  const requests = await byName(people, portal, ctx);
  return { action: "askForUnlockAction", path: "/unlock", says: "/unlock/code", requests };
}

/** Who types a wrong code there, in a browser that asked for a letter: only a known name has got one. */
async function unlockCodes(people, { origin }, ctx) {
  const kinds = await accounts(people, ctx, each + warmUp);
  const requests = kinds.known.flatMap(() =>
    ["unknown", ...Object.keys(kinds)].map((kind) => {
      const token = `unw_${randomBytes(32).toString("base64url")}`;
      const cookie = `${cookieName(origin, "probe")}=1; ${cookieName(origin, "unlock")}=${token}`;
      return { kind, token, cookie, fields: { code: "00000000" } };
    }),
  );
  const waiting = requests
    .filter(({ kind }) => kind === "known")
    .map(({ token }, n) => waitingUnlock(token, kinds.known[n].id));
  await ctx.db.unlock.createMany({ data: waiting });
  return { action: "typeUnlockCodeAction", path: "/unlock/code", says: '"unlock.wrong_code"', requests };
}

/** The row of a letter that a browser waits for. No code opens it. */
function waitingUnlock(token, userId) {
  const waitHash = createHash("sha256").update(token).digest("base64url");
  const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 600_000)];
  const row = { id: waitHash.slice(0, 22), userId, waitHash, linkHash: `link ${waitHash}`, codeHash: "no code" };
  return { ...row, codeTries: 5, credentialVersion: 1, createdAt, expiresAt };
}

/** The names that are typed there: nobody's, and one of each kind of account. */
async function byName(people, { origin }, ctx) {
  const kinds = await accounts(people, ctx, each + warmUp);
  const cookie = `${cookieName(origin, "probe")}=1`;
  return kinds.known.flatMap(({ email }, n) => [
    { kind: "unknown", cookie, fields: { identifier: email.replace("bench", "nobody") } },
    ...Object.entries(kinds).map(([kind, all]) => ({ kind, cookie, fields: { identifier: all[n].email } })),
  ]);
}

/** So many accounts of each kind: with a password, disabled, and invited and never in. */
async function accounts(people, ctx, count) {
  const make = async (data) => {
    const made = await people.makeBenchPeople(ctx, count);
    await ctx.db.user.updateMany({ where: { id: { in: made.map(({ id }) => id) } }, data });
    return made;
  };
  return {
    known: await make({}),
    disabled: await make({ disabledAt: ctx.now }),
    invited: await make({ passwordHash: null, passwordChangedAt: null }),
  };
}

/** The same requests, each with a well-formed cookie of a device that nobody has. */
function withDevice(question, { origin }) {
  const token = () => `dev_${randomBytes(32).toString("base64url")}`;
  const cookie = () => `${cookieName(origin, "known-device")}=${token()}`;
  return {
    ...question,
    requests: question.requests.map((request) => ({ ...request, cookie: `${request.cookie}; ${cookie()}` })),
  };
}

/** Somebody in a session wants an address or a number to log in with that is nobody's, or another account's already: one in use, disabled, or never in. */
async function claims(people, { origin }, ctx, { purpose, wantedOf }) {
  const { known: taken, ...others } = await accounts(people, ctx, each + warmUp);
  const wanted = Object.entries(await wantedOf(ctx, { taken, ...others }));
  const asking = await people.makeBenchPeople(ctx, wanted.length * taken.length);
  const requests = (await people.openSessions(ctx, asking)).map((session, n) => {
    const [kind, held] = wanted[n % wanted.length];
    const cookie = `${cookieName(origin, "session")}=${session}`;
    return { kind, cookie, fields: { purpose, destination: held[Math.floor(n / wanted.length)] } };
  });
  const path = `/security/contacts/${purpose}`;
  return { action: "beginProofAction", path, says: path, requests };
}

/** The addresses of these accounts, and as many that nobody has. */
const emails = {
  purpose: "login",
  wantedOf: async (_, { taken, ...others }) => {
    const emailsOf = (all) => all.map(({ email }) => email);
    const free = emailsOf(taken).map((email) => email.replace("bench", "nobody"));
    return { free, taken: emailsOf(taken), ...mapped(others, emailsOf) };
  },
};

/** Each of these accounts gets a number to log in with; and as many that nobody has. Each lies in a block of its own, for what is sent to one block is counted. */
const numbers = (numberIn) => ({
  purpose: "phone",
  wantedOf: async (ctx, held) => {
    let given = 0;
    const one = () => {
      given += 1;
      return numberIn(given, given);
    };
    const some = (all) => all.map(one);
    const wanted = { free: some(held.taken), ...mapped(held, some) };
    for (const [kind, all] of Object.entries(held))
      for (const [n, { id }] of all.entries())
        await ctx.db.user.update({ where: { id }, data: { phone: wanted[kind][n] } });
    return wanted;
  },
});

const mapped = (all, change) => Object.fromEntries(Object.entries(all).map(([kind, one]) => [kind, change(one)]));

/** What is asked about an address that somebody else has bound too, and about one that nobody has. */
async function aboutAddresses({ action, path, says, prepare }, { origin }, ctx) {
  const measured = await prepare(ctx, each + warmUp);
  const requests = measured.map(({ kind, token, fields }) => ({
    kind,
    cookie: `${cookieName(origin, "second-door")}=${token}`,
    fields,
  }));
  return { action, path, says, requests };
}

let visitors = 0;

/** Out: the milliseconds and the texts of every answer by its kind. The first ones of each kind warm up and are not counted. */
async function measure(copy, portal, { action, path, says, requests }) {
  const kinds = [...new Set(requests.map(({ kind }) => kind))];
  const asked = { times: fromKinds(kinds, () => []), texts: fromKinds(kinds, () => new Set()) };
  const warm = warmUp * kinds.length;
  const id = actionId(copy, action);
  let socket = null;
  for (const [n, { kind, ...given }] of [...requests.slice(0, warm), ...shuffled(requests.slice(warm))].entries()) {
    visitors += 1;
    const ip = address(visitors * 257);
    const request = actionRequest({ origin: portal.origin, path, action: id, ip, ...given });
    socket ??= await open(portal.port);
    const begun = process.hrtime.bigint();
    const answer = await exchange(socket, request);
    const took = Number(process.hrtime.bigint() - begun) / 1e6;
    if (!answer.body.includes(says) && !answer.head.includes(says))
      giveUp(`An answer was not what is measured: ${answer.head}\n${answer.body.slice(0, 300)}`);
    if (n >= warm) {
      asked.times[kind].push(took);
      asked.texts[kind].add(textOf(answer));
    }
    if (/\r\nconnection: close/i.test(answer.head)) socket = void socket.destroy();
  }
  socket?.destroy();
  return asked;
}

const fromKinds = (kinds, make) => Object.fromEntries(kinds.map((kind) => [kind, make()]));

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
