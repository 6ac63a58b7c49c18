import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { ask } from "@/e2e/support/http";
import { formType, part, wholeForm } from "@/e2e/support/odd-calls";
import { graphqlOperations, restOperations } from "@/lib/api/operations";
import { ensure } from "@/lib/kernel/assert";
import { actions } from "@/lib/testing/hostile/actions";
import { addressesInTree } from "@/lib/testing/hostile/house";

const root = join(import.meta.dirname, "../..");

/** What is asked of one route, as `ask` sends it. */
export type Asked = { readonly name: string; readonly path: string; readonly sent: Parameters<typeof ask>[2] };

type Caller = {
  readonly url: string;
  /** What their browser keeps: of a session, and of a login between its doors. */
  readonly cookie: string;
  readonly appId: string;
  /** What an app holds of them: of a session, and of a login between its doors. */
  readonly tokens: { readonly user: string; readonly mfa: string };
};

/** One small request of an ordinary kind to every page and route, every server action and every operation of the API. The lists are those of the hostile bodies, which a test compares with the tree. */
export function everyRoute(caller: Caller): readonly Asked[] {
  const { url, cookie } = caller;
  const pages = addressesInTree(root).map((address) => ({
    name: `page ${address}`,
    path: filled(address),
    sent: { headers: { cookie } },
  }));
  const idOf = actionIds();
  const calls = Object.entries(actions).map(([name, { at, fields, isBare = false }]) => {
    const typed = Object.entries(fields).map(([field, value]) => part(`_1_${field}`, filled(value)));
    const body = wholeForm(...typed, part("0", isBare ? '["$K1"]' : '[{"status":"idle"},"$K1"]'));
    const headers = { origin: url, "sec-fetch-site": "same-origin", cookie, "content-type": formType };
    const scripted = { ...headers, "next-action": idOf(name), accept: "text/x-component" };
    return { name, path: filled(at), sent: { method: "POST", headers: scripted, body } };
  });
  return [...pages, ...calls, ...operations(caller)];
}

const filled = (address: string) => address.replace(/\[[\w.]+\]|\{\w+\}/g, () => "x");

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({
      exportedName: z.string().optional(),
      workers: z.record(z.string(), z.object({ exportedName: z.string().optional() })).optional(),
    }),
  ),
});

/** By what a page's script names an action, as the build has written it down. */
function actionIds(): (name: string) => string {
  const written = readFileSync(join(root, ".next/server/server-reference-manifest.json"), "utf8");
  const known = Object.entries(manifest.parse(JSON.parse(written)).node);
  return (name) => {
    const [id] =
      known.find(([, { exportedName, workers = {} }]) =>
        [exportedName, ...Object.values(workers).map((one) => one.exportedName)].includes(name),
      ) ?? [];
    ensure(id, `the build knows the action ${name}`);
    return id;
  };
}

const words = ["account", "username", "email", "phone", "password", "newPassword", "oldPassword", "code", "totp"];
const given = Object.fromEntries(words.map((word) => [word, word === "email" ? "ada@example.test" : "x"]));

function operations({ appId, tokens }: Caller): readonly Asked[] {
  const sentAs = (method: string, needs: string | undefined, body: object) => ({
    method,
    headers: {
      "x-authing-app-id": appId,
      authorization: `Bearer ${needs === "mfaToken" ? tokens.mfa : tokens.user}`,
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
    },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  return [
    ...Object.entries(restOperations).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { needs }]) => ({
        name: `${method} ${path}`,
        path: `/api/v2/${path}`,
        sent: sentAs(method, needs, given),
      })),
    ),
    ...Object.entries(graphqlOperations).map(([field, { kind, of }]) => {
      const query = `${kind} ${field}($input: Input!) { ${field}(input: $input) { id token } }`;
      const body = { query, variables: { input: given, ...given } };
      return { name: field, path: "/graphql/v2", sent: sentAs("POST", of.needs, body) };
    }),
  ];
}
