import { actionRequest, apiRequest, cookieName, getRequest, nextAddress } from "./request.mjs";
import { totp } from "./totp.mjs";

/** Each kind of load: how many people `count` requests take, what it sends, and what a good answer looks like. */
export const kinds = {
  blankAction: {
    people: () => 0,
    prepare: async ({ portal, actions }) => ({
      request: () => actionRequest({ origin: portal.origin, path: "/", action: actions.blank, fields: {} }),
      judge: is200,
    }),
  },
  blankPage: { people: () => 0, prepare: async (house) => pages(house.portal, "/") },
  loginPage: { people: () => 0, prepare: async (house) => pages(house.portal, "/login") },
  // The lightest page that only its owner sees: nothing is shown once now, so it says that in one sentence.
  guarded: {
    people: () => 100,
    prepare: (house, persons) => ownPages(house, persons, "/security/recovery-codes/once"),
  },
  security: { people: () => 100, prepare: (house, persons) => ownPages(house, persons, "/security") },
  verify: {
    people: (count) => count,
    prepare: async (house, persons) => {
      const tokens = await house.people.openLogins(house.ctx, persons);
      return { request: (n) => verifyRequest(house, persons[n], tokens[n]), judge: isVerified(house) };
    },
  },
  api: { people: (count) => count, prepare: apiCalls },
  login: {
    people: (count) => count,
    prepare: async ({ portal, actions, people }, persons) => ({
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
  },
};

/** The request that answers an open login with the code of now. */
export const verifyRequest = ({ portal, actions }, person, token) =>
  actionRequest({
    origin: portal.origin,
    path: "/challenge/totp",
    action: actions.verify,
    ip: nextAddress(),
    cookie: `${cookieName(portal.origin, "second-door")}=${token}`,
    fields: { kind: "totp", code: totp(person.secret) },
  });

/** Judges the answer to it: null when it is a session that leads on. */
export const isVerified =
  ({ portal }) =>
  ({ status, head }) =>
    status === 200 &&
    head.includes(`${cookieName(portal.origin, "session")}=ey`) &&
    head.includes("x-action-redirect: /security")
      ? null
      : `status ${status}, no session`;

async function apiCalls({ portal, people, ctx }, persons) {
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
}

/** A page asked for by people who are in, in turn. */
async function ownPages({ portal, people, ctx }, persons, path) {
  const sessions = await people.openSessions(ctx, persons);
  const name = cookieName(portal.origin, "session");
  return pages(portal, path, (n) => `${name}=${sessions[n % sessions.length]}`);
}

function pages({ origin }, path, cookie = () => "") {
  return { request: (n) => getRequest({ origin, path, cookie: cookie(n) }), judge: is200 };
}

const is200 = ({ status }) => (status === 200 ? null : `status ${status}`);
