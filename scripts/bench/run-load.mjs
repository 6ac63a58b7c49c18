import { createHmac } from "node:crypto";
import { load } from "./load.mjs";
import { cpuAlone, cpuOf } from "./process-cost.mjs";
import { actionRequest, address, apiRequest, cookieName, getRequest } from "./request.mjs";

/** Each kind of load: what it sends, and what a good answer looks like. */
const kinds = {
  blank: async ({ portal, actions }) => ({
    request: () => actionRequest({ origin: portal.origin, path: "/bench", action: actions.blank, fields: {} }),
    judge: ({ status }) => (status === 200 ? null : `status ${status}`),
  }),
  verify: async ({ portal, actions, people, ctx, persons }) => {
    const tokens = await people.openLogins(ctx, persons);
    return {
      request: (n) =>
        actionRequest({
          origin: portal.origin,
          path: "/challenge/totp",
          action: actions.verify,
          ip: nextAddress(),
          cookie: `${cookieName(portal.origin, "second-door")}=${tokens[n]}`,
          fields: { kind: "totp", code: totp(persons[n].secret) },
        }),
      judge: ({ status, head }) =>
        status === 200 &&
        head.includes(`${cookieName(portal.origin, "session")}=ey`) &&
        head.includes("x-action-redirect: /security")
          ? null
          : `status ${status}, no session`,
    };
  },
  api: async ({ portal, people, ctx, persons }) => {
    const app = await people.benchApp(ctx);
    const tokens = await people.openLogins(ctx, persons, app);
    return {
      request: (n) =>
        apiRequest({
          origin: portal.origin,
          path: "/api/v2/mfa/totp/verify",
          app,
          token: tokens[n],
          ip: nextAddress(),
          body: { totp: totp(persons[n].secret) },
        }),
      judge: ({ status, body }) =>
        status === 200 && body.includes('{"code":200,') && body.includes('"token":"ey')
          ? null
          : `status ${status}, no user token: ${body.slice(0, 120)}`,
    };
  },
  login: async ({ portal, actions, people, persons }) => ({
    request: (n) =>
      actionRequest({
        origin: portal.origin,
        path: "/login",
        action: actions.login,
        ip: nextAddress(),
        cookie: `${cookieName(portal.origin, "probe")}=1`,
        fields: { identifier: persons[n].email, password: people.benchPassword, returnTo: "/security" },
      }),
    judge: ({ status, head }) =>
      status === 200 && head.includes(`${cookieName(portal.origin, "second-door")}=ey`)
        ? null
        : `status ${status}, no mfaToken`,
  }),
  page: async ({ portal }) => pageKind(portal, "/bench"),
  guarded: async (house) =>
    pageKind(house.portal, "/bench/guarded", await house.people.openSessions(house.ctx, house.persons)),
  security: async (house) =>
    pageKind(house.portal, "/security", await house.people.openSessions(house.ctx, house.persons)),
};

/**
 * Runs one kind of load and says what it cost: answers a second, latencies in ms, failures, and CPU ms an answer of the portal and of the
 * database with all its processes.
 */
export async function runLoad(kind, house) {
  const { request, judge } = await kinds[kind](house);
  const count = house.count ?? house.persons.length;
  let sent = 0;
  const next = () => (sent < count ? request(sent++) : null);
  const before = [cpuAlone(house.portal.pid), cpuOf(house.postgres)];
  const result = await load({ port: house.portal.port, clients: house.clients, next, judge });
  const [portal, postgres] = [cpuAlone(house.portal.pid) - before[0], cpuOf(house.postgres) - before[1]];
  const cpu = { portal: portal / result.answers, database: postgres / result.answers };
  return { ...result, failed: result.failed.length, firstFailure: result.failed[0] ?? null, cpu };
}

/** The middle one. */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function pageKind({ origin }, path, cookies = [""]) {
  const name = cookieName(origin, "session");
  return {
    request: (n) =>
      getRequest({ origin, path, cookie: cookies[0] === "" ? "" : `${name}=${cookies[n % cookies.length]}` }),
    judge: ({ status }) => (status === 200 ? null : `status ${status}`),
  };
}

let addresses = 0;
function nextAddress() {
  addresses += 257;
  return address(addresses);
}

/** RFC 6238 in its plainest form: base32 secret, SHA-1, six digits, 30 s. */
export function totp(secret, at = Date.now()) {
  const bits = [...secret]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
