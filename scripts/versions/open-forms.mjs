import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exchange, open } from "../bench/load.mjs";
import { actionId } from "../bench/portal.mjs";
import { actionRequest, nextAddress } from "../bench/request.mjs";
import { totp } from "../bench/totp.mjs";
import { throughFirstDoor } from "./traffic.mjs";

/**
 * Forms that stand open in somebody's browser while the portal becomes another version: what opens one at the old portal (out: what to send, later), and
 * how the answer of the new one is judged. Two who mistype are among them: their answer is a page of the new version for a form of the old one.
 */
const kinds = {
  "name and password": {
    open: (given) => firstDoor(given, given.password),
    isKept: ({ path, status }) => status === 200 && path.startsWith("/challenge"),
  },
  "a wrong password": {
    open: (given) => firstDoor(given, "not the password at all"),
    isKept: ({ path, status, body }, byPlace) => status === 200 && path.startsWith("/login") && isTold(body, byPlace),
  },
  "the code at the second door": {
    open: (given) => secondDoor(given, () => totp(given.person.secret)),
    isKept: ({ path, status }) => status === 200 && path === "/security",
  },
  "a wrong code": {
    open: (given) => secondDoor(given, () => wrongCode(given.person.secret)),
    isKept: ({ path, status, body }, byPlace) =>
      status === 200 && path.startsWith("/challenge") && isTold(body, byPlace),
  },
  "the button that logs out": {
    open: async ({ session, port }) => {
      const page = await session.open(port, "/security");
      return (at) => session.submit(at, page, "Log out", {});
    },
    isKept: ({ path, status }) => status === 200 && path.startsWith("/login"),
  },
  "a form that a script sends": {
    open: async ({ folder, origin, port, browser, person, password }) => {
      await browser.open(port, "/login"); // where a browser gets the cookie that says that it keeps cookies
      const [action, cookie] = [actionId(folder, "logInAction"), browser.cookies()];
      const fields = { identifier: person.email, password, returnTo: "/security" };
      return (at) => byScript(at, actionRequest({ origin, path: "/login", action, fields, cookie, ip: nextAddress() }));
    },
    isKept: ({ path, status }) => status === 200 && path.startsWith("/challenge"),
  },
};

/** A version that named its forms by their place in the tree of components: where the new one has another tree, whoever mistyped comes back to the form, and without the sentence. */
const namesByPlace = (folder) =>
  !readFileSync(join(folder, "components/form/action-form.tsx"), "utf8").includes("addressOf(of)");

const isTold = (body, byPlace) => body.includes('role="alert"') || (byPlace && body.includes("<form"));

/** Opens one form of each kind. `given`: the old portal's folder, origin and port, a person and a session of their own for each kind. */
export async function openForms(given) {
  return Promise.all(
    Object.entries(kinds).map(async ([name, kind]) => {
      const its = given();
      const byPlace = namesByPlace(its.folder);
      return { name, isKept: (answer) => kind.isKept(answer, byPlace), send: await kind.open(its) };
    }),
  );
}

/** Sends them all to the portal at `port`. Out: the names of those that were lost, with where they ended. */
export async function sendForms(forms, port) {
  const lost = [];
  for (const { name, isKept, send } of forms) {
    const answer = await send(port).catch((fault) => ({ path: fault.message, status: 0, body: "" }));
    if (!isKept(answer)) lost.push(`${name}: ${answer.path} (${answer.status})`);
  }
  return lost;
}

/** Every script, style and font that a page asks for. */
export const filesIn = ({ body }) => [...new Set(body.match(/\/_next\/static\/[^"'\\\s)]+/g) ?? [])];

async function firstDoor({ browser, port, person }, password) {
  const page = await browser.open(port, "/login");
  return (at) => browser.submit(at, page, 'name="identifier"', { identifier: person.email, password });
}

async function secondDoor({ browser, port, person, password }, code) {
  const page = await throughFirstDoor({ browser, port: () => port, person, password });
  return (at) => browser.submit(at, page, 'name="code"', { code: code() });
}

/** Right in none of the steps around now. */
function wrongCode(secret) {
  const near = [-2, -1, 0, 1, 2].map((steps) => totp(secret, Date.now() + steps * 30_000));
  return ["135790", "135791", "135792", "135793", "135794", "135795"].find((code) => !near.includes(code));
}

async function byScript(port, request) {
  const socket = await open(port);
  const { status, head, body } = await exchange(socket, request);
  socket.destroy();
  return { status, path: /\r\nx-action-redirect: ([^\r;]+)/i.exec(head)?.[1] ?? `nowhere: ${body.slice(0, 80)}`, body };
}
