import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

/** Serves one page that logs people in through the portal. No secrets, no sessions: all happens between page and portal. */
const portal = { type: "string", default: "http://localhost:3000" };
const options = { portal, app: { type: "string", default: "" }, port: { type: "string", default: "4000" } };
const { values } = parseArgs({ options });
const appHost = new URL(values.portal).origin;
const sdk = join(dirname(createRequire(import.meta.url).resolve("authing-js-sdk")), "../browser/index.min.js");
const own = (name) => () => readFile(join(import.meta.dirname, name));

const files = {
  "/": ["text/html", own("page.html")],
  "/page.js": ["text/javascript", own("page.js")],
  "/words.js": ["text/javascript", own("words.js")],
  "/settings.js": ["text/javascript", () => `globalThis.settings = ${JSON.stringify({ appId: values.app, appHost })};`],
  "/sdk.js": ["text/javascript", () => readFile(sdk)],
};
/** The token is kept in localStorage: no script but these may run here, and nothing but the portal may be called. */
const policy = `default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; connect-src ${appHost}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const server = createServer(async (request, response) => {
  const [type, read] = files[new URL(request.url, "http://page").pathname] ?? ["text/plain", null];
  const headers = { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy };
  response.writeHead(read ? 200 : 404, { ...headers, "cache-control": "no-store" }).end(await read?.());
});
server.listen(Number(values.port), "localhost", () => {
  process.stdout.write(`Open http://localhost:${server.address().port} in a browser.\n`);
});
