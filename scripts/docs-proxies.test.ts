import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterEach, beforeEach, expect, test } from "vitest";
import { theFence } from "@/lib/testing/papers/fences";
import {
  askOverTls,
  freePort,
  portalStandIn,
  programPath,
  runProxy,
  untilCertified,
} from "@/lib/testing/papers/run-proxy";

/** The blocks of docs/operate.md and docs/scale.md, run as they stand there but for ports and files. A program that is missing is one skipped test. */
const operate = "docs/operate.md";
const host = "login.example.test";
const scale = "docs/scale.md";
const [nginx, caddy, haproxy, systemd] = ["nginx", "caddy", "haproxy", "systemd-analyze"].map(programPath);

let folder: string;
let portal: Awaited<ReturnType<typeof portalStandIn>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxy-"));
  portal = await portalStandIn();
});
afterEach(async () => {
  await portal.close();
  await rm(folder, { recursive: true });
});

/** The block with each of these words, which must stand there once, exchanged. */
function fitted(text: string, changes: readonly (readonly [string, string])[]): string {
  for (const [from] of changes) expect(text.split(from), from).toHaveLength(2);
  return changes.reduce((all, [from, to]) => all.replace(from, to), text);
}

/** What the portal must see of a visitor who says that they are somewhere else. */
async function expectProxied(port: number): Promise<void> {
  const forged = { "X-Forwarded-For": "203.0.113.9" };
  expect(await askOverTls({ port, host, headers: forged })).toEqual({ status: 200, text: "the portal" });
  expect(portal.seen).toHaveLength(1);
  const { method, url, headers } = portal.seen[0] ?? {};
  expect({ method, url }).toEqual({ method: "GET", url: "/login?next=1" });
  expect(headers).toMatchObject({ host, "x-forwarded-for": "127.0.0.1" });
}

/** Where the plain port leads. */
function redirectOf(port: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: "/login", headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.headers.location);
    });
    asked.once("error", reject).end();
  });
}

/** A GET over HTTP/2: its status. */
function askOverHttp2(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const session = connect(`https://127.0.0.1:${port}`, { servername: host, rejectUnauthorized: false });
    session.once("error", reject);
    const asked = session.request({ ":path": "/login", ":authority": host });
    asked.once("response", (headers) => {
      resolve(Number(headers[":status"]));
      session.close();
    });
    asked.resume();
  });
}

test.skipIf(nginx === null)(
  "nginx as documented starts, overwrites what visitors claim, and hands Host on",
  async () => {
    const [https, http] = [await freePort(), await freePort()];
    const { private: key, cert } = await generate([{ name: "commonName", value: host }], { keyType: "ec" });
    await writeFile(join(folder, "key"), key);
    await writeFile(join(folder, "cert"), cert);
    const server = fitted(theFence(operate, "nginx"), [
      ["listen 443 ssl", `listen 127.0.0.1:${https} ssl`],
      ["listen 80;", `listen 127.0.0.1:${http};`],
      ["/etc/ssl/login.example.test.pem", join(folder, "cert")],
      ["/etc/ssl/login.example.test.key", join(folder, "key")],
      ["http://127.0.0.1:3000", `http://127.0.0.1:${portal.port}`],
    ]);
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (use) => `${use}_temp_path ${folder}/${use};`,
    );
    const around = `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}`;
    await writeFile(join(folder, "nginx.conf"), `${around}\nhttp { access_log off; ${places.join(" ")}\n${server}}\n`);
    const proxy = await runProxy(
      nginx ?? "",
      ["-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf")],
      https,
      {},
    );
    try {
      await expectProxied(https);
      expect(portal.seen[0]?.headers.connection).not.toBe("close");
      expect((await askOverTls({ port: https, host, body: "x".repeat(65 * 1024) })).status).toBe(413);
      expect(await askOverHttp2(https)).toBe(200);
      expect(portal.seen[1]?.headers).toMatchObject({ host, "x-forwarded-for": "127.0.0.1" });
      expect(await redirectOf(http)).toBe(`https://${host}/login`);
      expect(proxy.said()).not.toMatch(/emerg|alert/);
    } finally {
      await proxy.stop();
    }
  },
);

test.skipIf(caddy === null)(
  "Caddy as documented starts, overwrites what visitors claim, and hands Host on",
  async () => {
    const [https, http] = [await freePort(), await freePort()];
    const site = fitted(theFence(operate, "caddyfile"), [["127.0.0.1:3000", `127.0.0.1:${portal.port}`]]);
    const around = [
      ...["admin off", "local_certs", "skip_install_trust", "default_bind 127.0.0.1", `https_port ${https}`],
      ...[`http_port ${http}`, `storage file_system ${folder}`],
    ];
    await writeFile(join(folder, "Caddyfile"), `{\n${around.join("\n")}\n}\n${site}`);
    const args = ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
    const proxy = await runProxy(caddy ?? "", args, https, {
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    });
    try {
      await untilCertified(https, host);
      await expectProxied(https);
      expect(await redirectOf(http)).toMatch(new RegExp(`^https://${host}(?::${https})?/login$`));
    } finally {
      await proxy.stop();
    }
  },
);

/** A portal that dies whenever it is asked for anything but its health. Out: its port, what it was asked, and how to close it. */
async function dyingPortal() {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    if (req.url === "/readyz") return res.end("well");
    asked.push(req.method ?? "");
    return req.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, asked, close: () => server.close().closeAllConnections() };
}

test.skipIf(haproxy === null)(
  "haproxy as documented starts, overwrites what visitors claim, keeps a visitor at one portal, and sends no form twice",
  async () => {
    const [https, http] = [await freePort(), await freePort()];
    const { private: key, cert } = await generate([{ name: "commonName", value: host }], { keyType: "ec" });
    await writeFile(join(folder, "both"), `${cert}\n${key}\n`);
    const dying = await dyingPortal();
    const text = fitted(theFence(scale, "haproxy"), [
      [
        "bind :443 ssl crt /etc/haproxy/login.example.test.pem",
        `bind 127.0.0.1:${https} ssl crt ${join(folder, "both")}`,
      ],
      ["bind :80", `bind 127.0.0.1:${http}`],
      [
        "server one 10.0.0.11:3000 cookie one port 3001",
        `server one 127.0.0.1:${dying.port} cookie one port ${dying.port}`,
      ],
      [
        "server two 10.0.0.12:3000 cookie two port 3001",
        `server two 127.0.0.1:${portal.port} cookie two port ${portal.port}`,
      ],
    ]);
    await writeFile(join(folder, "haproxy.cfg"), text);
    const proxy = await runProxy(haproxy ?? "", ["-db", "-f", join(folder, "haproxy.cfg")], https, {});
    const seen = () => portal.seen.filter(({ url }) => url !== "/readyz");
    const at = (cookie: string, headers = {}) => ({
      port: https,
      host,
      headers: { cookie: `portal=${cookie}`, connection: "close", ...headers }, // on a line that was used before it closes without a word
    });
    try {
      const forged = { "X-Forwarded-For": "203.0.113.9" };
      for (let time = 0; time < 3; time += 1) expect((await askOverTls(at("two", forged))).text).toBe("the portal");
      expect(seen()).toHaveLength(3);
      expect(seen()[0]?.headers).toMatchObject({ host, "x-forwarded-for": "127.0.0.1" });
      expect(seen()[0]?.headers.cookie).toBeUndefined();
      expect(await askOverTls({ ...at("one"), body: "code=123456" })).toMatchObject({ status: 502 });
      expect([dying.asked, seen().map(({ method }) => method)]).toEqual([["POST"], ["GET", "GET", "GET"]]);
      expect(await askOverTls(at("one"))).toEqual({ status: 200, text: "the portal" });
      expect([dying.asked, seen().length]).toEqual([["POST", "GET"], 4]);
      expect(await redirectOf(http)).toBe(`https://${host}/login`);
      expect(proxy.said()).not.toMatch(/ALERT|WARNING/);
    } finally {
      await proxy.stop();
      dying.close();
    }
  },
);

test.skipIf(systemd === null)("systemd reads the unit as documented without a word against it", async () => {
  const unit = theFence(operate, "ini").replace("/usr/bin/npm", programPath("npm") ?? process.execPath);
  const verify = async (text: string) => {
    await writeFile(join(folder, "sallyport.service"), text);
    const { stdout, stderr } = spawnSync(systemd ?? "", ["verify", "--man=no", join(folder, "sallyport.service")], {
      encoding: "utf8",
    });
    return `${stdout}${stderr}`.split("\n").filter((line) => line.includes("sallyport.service"));
  };
  expect(await verify(unit)).toEqual([]);
  expect(await verify(unit.replace("Restart=", "Restrat="))).toHaveLength(1); // it does look
});
