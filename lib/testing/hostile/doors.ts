import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { cookieOf } from "@/lib/cookies/cookies";
import { ensure } from "@/lib/kernel/assert";
import { invitePerson } from "@/lib/setup/invite-person";
import {
  type Body,
  goodForm,
  goodJson,
  hostileForms,
  hostileHeaders,
  hostileJson,
  hostilePaths,
  hostileTextForms,
} from "@/lib/testing/hostile/bodies";
import type { Shot } from "@/lib/testing/hostile/waiting";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";
import { graphqlOperations, restOperations } from "@/lib/wire/operations";

/** A place where a stranger's body is read: what is sent there by those who mean no harm, and by those who do. */
export type Door = { readonly name: string; readonly good: readonly Shot[]; readonly hostile: readonly Shot[] };

/** What the doors need: the portal's address, and the id of an action by its name. */
export type Place = { readonly url: string; readonly actionId: (name: string) => string };

type Fields = Readonly<Record<string, string>>;
type ActionDoor = { readonly action: string; readonly path: string; readonly cookie: string; readonly fields: Fields };

/** Every POST there is: the actions of the pages with and without scripts, the API, addresses of nobody's; and the headers of a GET. */
export async function listDoors(ctx: Ctx, place: Place): Promise<readonly Door[]> {
  return [
    ...(await listActions(ctx)).map((door) => actionDoor(place, door)),
    textFormDoor(place),
    ...listApi().map(({ name, path, method, fields }) => apiDoor(name, method, path, fields)),
    apiDoor("an address of the old service", "POST", "/api/v3/signin", ["account"]),
    pathDoor,
    headerDoor("headers of a page", "/login"),
    headerDoor("headers of a private page", "/security"),
    headerDoor("headers of the API", "/api/v2/users/me/security-level"),
  ];
}

async function listActions(ctx: Ctx): Promise<readonly ActionDoor[]> {
  const { between, inside, invited } = await people(ctx);
  const code = "123456";
  return [
    {
      action: "logInAction",
      path: "/login",
      cookie: "",
      fields: { identifier: "ada", password: "x", returnTo: "/security" },
    },
    { action: "chooseLanguageAction", path: "/login", cookie: "", fields: { language: "en" } },
    {
      action: "completeSetupAction",
      path: "/setup",
      cookie: "",
      fields: { link: "x", email: "x", username: "x", password: "x" },
    },
    {
      action: "acceptInvitationAction",
      path: "/login",
      cookie: "",
      fields: { link: invited, password: "password1234567" },
    },
    { action: "containAction", path: "/login", cookie: "", fields: { link: "x" } },
    { action: "answerAction", path: "/challenge/totp", cookie: between, fields: { kind: "totp", code } },
    { action: "sendCodeAction", path: "/challenge", cookie: between, fields: { kind: "sms", factorId: "x" } },
    {
      action: "changePasswordAction",
      path: "/security/password",
      cookie: inside,
      fields: { current: "x", password: "password1234567" },
    },
    {
      action: "beginEnrolmentAction",
      path: "/security/factors/new/sms",
      cookie: inside,
      fields: { kind: "sms", destination: "x" },
    },
    {
      action: "confirmEnrolmentAction",
      path: "/security/factors/new/totp",
      cookie: inside,
      fields: { kind: "totp", code, label: "x" },
    },
    { action: "renameFactorAction", path: "/security", cookie: inside, fields: { factorId: "x", label: "x" } },
  ];
}

/** Somebody between the doors, somebody inside, and somebody who was invited. */
async function people(ctx: Ctx) {
  const grace = await makePerson(ctx);
  await withTotp(ctx, grace);
  const account = await findAccount(ctx, grace.userId);
  ensure(account, "the person has an account");
  const { pass } = await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" });
  const { token } = await openSessionFor(ctx, grace);
  const { link } = await invitePerson(ctx, {
    email: "invited@example.test",
    username: null,
    isAdmin: false,
    by: "hostile",
  });
  return {
    between: `${cookieOf("second-door").name}=${await encodeMfaToken(pass, grace.userId)}`,
    inside: `${cookieOf("session").name}=${await sealSessionCookie(token, grace.userId)}`,
    invited: link.split("/").at(-1) ?? "",
  };
}

function actionDoor({ url, actionId }: Place, { action, path, cookie, fields }: ActionDoor): Door {
  const headers = {
    accept: "text/x-component",
    origin: url,
    "sec-fetch-site": "same-origin",
    "next-action": actionId(action),
    cookie,
  };
  const shotOf = ({ type, bytes }: Body): Shot => ({
    method: "POST",
    path,
    headers: { ...headers, "content-type": type },
    body: bytes,
  });
  return { name: action, good: [shotOf(goodForm(fields))], hostile: hostileForms(fields).map(shotOf) };
}

function textFormDoor({ url }: Place): Door {
  const headers = { accept: "text/html", origin: url, "sec-fetch-site": "same-origin" };
  const shotOf = ({ type, bytes }: Body): Shot => ({
    method: "POST",
    path: "/login",
    headers: { ...headers, "content-type": type },
    body: bytes,
  });
  const plain: Body = {
    name: "good",
    type: "application/x-www-form-urlencoded",
    bytes: Buffer.from(`identifier=${"plain+".repeat(10_000)}`),
  };
  const forms = hostileForms({ identifier: "ada" }).concat(hostileTextForms());
  return { name: "a form without scripts", good: [shotOf(plain)], hostile: forms.map(shotOf) };
}

type ApiCall = {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly fields: readonly string[];
};

function listApi(): readonly ApiCall[] {
  const fields = ["totp", "recoveryCode", "phone", "phoneCountryCode", "email", "code", "account", "password", "scene"];
  const rest = Object.entries(restOperations).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method === "POST")
      .map((method) => ({ name: `POST /api/v2/${path}`, path: `/api/v2/${path}`, method, fields })),
  );
  return [...rest, { name: "POST /graphql/v2", path: "/graphql/v2", method: "POST", fields: ["query", "variables"] }];
}

function apiDoor(name: string, method: string, path: string, fields: readonly string[]): Door {
  const shotOf = ({ type, bytes }: Body): Shot => ({ method, path, headers: { "content-type": type }, body: bytes });
  const input = { email: "nobody@example.test", password: "x" };
  const [operation = ""] = Object.keys(graphqlOperations);
  const query = `mutation ${operation}($input: LoginByEmailInput!) { ${operation}(input: $input) { id token } }`;
  const values = path === "/graphql/v2" ? { query, ...input } : input;
  return { name, good: [shotOf(goodJson(values))], hostile: hostileJson(fields).map(shotOf) };
}

function headerDoor(name: string, path: string): Door {
  const shotOf = (headers: Fields): Shot => ({
    method: "GET",
    path,
    headers: { accept: "text/html", ...headers },
    body: null,
  });
  return { name, good: [shotOf({ cookie: `theme=${"dark".repeat(3_500)}` })], hostile: hostileHeaders().map(shotOf) };
}

const glanceAt = (path: string): Shot => ({ method: "GET", path, headers: { accept: "text/html" }, body: null });
const pathDoor: Door = {
  name: "addresses",
  good: [glanceAt(`/login?returnTo=/security?${"plain".repeat(1_500)}`)],
  hostile: hostilePaths().map(glanceAt),
};
