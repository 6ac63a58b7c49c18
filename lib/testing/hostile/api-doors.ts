import { graphqlOperations, restOperations } from "@/lib/api/operations";
import type { Ctx } from "@/lib/context/context";
import type { Body } from "@/lib/testing/hostile/bodies";
import { bearerBetweenDoors } from "@/lib/testing/hostile/callers";
import { type Door, mixed } from "@/lib/testing/hostile/door";
import { hostileEnds } from "@/lib/testing/hostile/heads";
import { type Call, goodJson, hostileJson } from "@/lib/testing/hostile/json-bodies";
import type { Shot } from "@/lib/testing/hostile/waiting";

/** The app whose operations are called. */
export const appId = "shop";

const login = ["account", "username", "email", "phone", "password", "newPassword", "oldPassword", "code"];
const rest = ["totp", "recoveryCode", "phoneCountryCode", "scene", ...login];

/** Every operation of the API, by the table that its door itself reads. */
export const apiDoors = (): readonly Door[] => [
  ...Object.entries(restOperations).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { needs }]) => {
      const isHeld = needs === "mfaToken" || needs === "either";
      const at = { method, path: `/api/v2/${path}`, isHeld };
      return method === "GET"
        ? queryDoor(at)
        : bodyDoor(`${method} /api/v2/${path}`, at, { fields: rest, document: null });
    }),
  ),
  ...Object.entries(graphqlOperations).map(([field, { kind, of }]) =>
    bodyDoor(
      `POST /graphql/v2 ${field}`,
      { method: "POST", path: "/graphql/v2", isHeld: of.needs === "mfaToken" },
      { fields: login, document: `${kind} ${field}($input: Input!) { ${field}(input: $input) { id token } }` },
    ),
  ),
  bodyDoor(
    "POST an address of the old service",
    { method: "POST", path: "/api/v3/signin", isHeld: false },
    { fields: ["account"], document: null },
  ),
];

type At = { readonly method: string; readonly path: string; readonly isHeld: boolean };

const headersAt = async (ctx: Ctx, { isHeld }: At): Promise<Shot["headers"]> => ({
  "x-authing-app-id": appId,
  ...(isHeld ? { authorization: await bearerBetweenDoors(ctx, appId) } : {}),
});

function bodyDoor(name: string, at: At, call: Call): Door {
  const open: Door["open"] = async (ctx) => {
    const headers = await headersAt(ctx, at);
    const shoot = (body: Body): Shot => ({
      name: body.name,
      method: at.method,
      path: at.path,
      body: body.bytes,
      headers: { ...headers, "content-type": body.type },
    });
    return { good: [shoot(goodJson(call))], hostile: hostileJson(call).map(shoot) };
  };
  return { name, open };
}

/** What is asked by GET is read from the query; a body may come along and is nobody's. */
function queryDoor(at: At): Door {
  const open: Door["open"] = async (ctx) => {
    const headers = await headersAt(ctx, at);
    const look = (end: string, name: string): Shot => ({
      name,
      method: "GET",
      path: `${at.path}?${end}`,
      headers,
      body: null,
    });
    const push = (body: Body): Shot => ({
      name: body.name,
      method: "GET",
      path: at.path,
      body: body.bytes,
      headers: { ...headers, "content-type": body.type },
    });
    const call = { fields: rest, document: null };
    return {
      good: [look(`email=${"plain".repeat(1_500)}`, "good"), push(goodJson(call))],
      hostile: mixed([
        hostileEnds().flatMap(({ name, end }) => [look(end, name), look(`email=${end}`, name)]),
        hostileJson({ fields: ["code"], document: null }).map(push),
      ]),
    };
  };
  return { name: `GET ${at.path}`, open };
}
