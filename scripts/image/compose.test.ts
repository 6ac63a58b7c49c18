import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseYaml } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "@/lib/config/read-config";
import { shellBlocks } from "@/lib/testing/papers/fences";

const read = (name: string) => readFileSync(join(process.cwd(), name), "utf8");

/** What compose.yaml says, in the words that it uses: another word, or one that is misspelt, is a mistake. */
const words = z.array(z.string());
const service = z.strictObject({
  build: z.strictObject({ context: z.string(), target: z.string(), args: z.record(z.string(), z.string()) }).optional(),
  image: z.string(),
  environment: z.record(z.string(), z.string()),
  secrets: words.optional(),
  volumes: words,
  networks: z.union([words, z.record(z.string(), z.strictObject({ ipv4_address: z.string() }))]),
  ports: words.optional(),
  depends_on: z
    .union([words, z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") }))])
    .optional(),
  healthcheck: z.strictObject({ test: words, interval: z.string(), start_period: z.string() }).optional(),
  read_only: z.boolean().optional(),
  tmpfs: words.optional(),
  cap_drop: words.optional(),
  security_opt: words.optional(),
  stop_grace_period: z.string().optional(),
  restart: z.literal("unless-stopped"),
});
const compose = z
  .strictObject({
    name: z.string(),
    services: z.strictObject({ portal: service, database: service, caddy: service }),
    secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
    networks: z.record(z.string(), z.record(z.string(), z.unknown())),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parseYaml(read("compose.yaml")));
const { portal, database, caddy } = compose.services;
const services = Object.entries(compose.services);

/** What the image sets for itself. */
const image = Object.fromEntries(
  (/^ENV (.+)$/m.exec(read("Dockerfile"))?.[1] ?? "").split(" ").map((pair) => pair.split("=", 2)),
);

const keysOf = (listed: readonly string[] | Readonly<Record<string, unknown>> = []) =>
  Array.isArray(listed) ? listed : Object.keys(listed);

test("every secret, network and named volume is declared and used, and who is waited for says when it is well", () => {
  const used = (what: "secrets" | "networks") => services.flatMap(([, one]) => keysOf(one[what]));
  expect(new Set(used("secrets"))).toEqual(new Set(Object.keys(compose.secrets)));
  expect(new Set(used("networks"))).toEqual(new Set(Object.keys(compose.networks)));
  const sources = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(":")[0] ?? ""));
  expect(sources.filter((source) => !source.startsWith("."))).toEqual(Object.keys(compose.volumes));
  for (const source of sources.filter((one) => one.startsWith("."))) expect(existsSync(source), source).toBe(true);
  for (const [name, { depends_on: waited }] of services)
    for (const other of keysOf(waited)) expect(Object.keys(compose.services), name).toContain(other);
  expect(portal.depends_on).toEqual({ database: { condition: "service_healthy" } });
  expect(database.healthcheck?.test).toEqual([
    ...["CMD", "pg_isready", `--username=${database.environment.POSTGRES_USER}`, "--host=127.0.0.1"],
  ]);
});

test("only Caddy is reached from outside, it leads to the port that the image listens on, and what is kept lies on the portal's volume", () => {
  expect([portal.ports, database.ports, caddy.ports]).toEqual([
    undefined,
    undefined,
    ["80:80", "443:443", "443:443/udp"],
  ]);
  expect(keysOf(database.networks)).toEqual(["back"]);
  expect(compose.networks.back).toEqual({ internal: true });
  expect(keysOf(caddy.networks)).toEqual(["front"]);
  expect(keysOf(portal.networks)).toEqual(["front", "back"]);
  const [mounted] = caddy.volumes;
  expect(mounted).toBe("./docs/examples/Caddyfile:/etc/caddy/Caddyfile:ro");
  expect(read("docs/examples/Caddyfile")).toContain(`reverse_proxy portal:${image.PORT} {`);
  expect(portal.volumes).toEqual([`portal:${image.DATA_DIR}`]);
  expect(read("Dockerfile")).toContain(`VOLUME ["${image.DATA_DIR}"]`);
  expect(portal).toMatchObject({ read_only: true, tmpfs: ["/tmp"], cap_drop: ["ALL"] });
  expect(database.image).toBe("postgres:18"); // whose data lie one folder higher than those of 17
  expect(database.volumes).toEqual(["database:/var/lib/postgresql"]);
});

describe("with the secrets that docs/container.md makes", () => {
  const folder = mkdtempSync(join(tmpdir(), "compose-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    for (const beginning of ["mkdir -m 700 secrets", "openssl rand -hex 24"]) {
      const [block = ""] = shellBlocks("docs/container.md").filter((one) => one.startsWith(beginning));
      const { status, stderr } = spawnSync("sh", ["-e"], { cwd: folder, input: block, encoding: "utf8" });
      expect([status, stderr], block).toEqual([0, ""]);
    }
  });

  test("the portal's settings have no mistake, and name the database that stands beside it", () => {
    const secret = (name: string) => join(folder, compose.secrets[name]?.file ?? "");
    const given = Object.entries(portal.environment).map(([name, value]) => [
      name,
      value
        .replace(/\$\{LOGIN_HOST[^}]*\}/, "login.example.test")
        .replace(/^\/run\/secrets\/(\w+)$/, (_, one: string) => secret(one)),
    ]);
    const reading = readConfig({ ...image, DATA_DIR: folder, ...Object.fromEntries(given) }, folder);
    expect(reading).toMatchObject({ ok: true, config: { appUrl: "https://login.example.test", isHttps: true } });
    const { hostname, port, username, password, pathname } = new URL(readFileSync(secret("database_url"), "utf8"));
    expect([hostname, port]).toEqual(["database", "5432"]);
    expect([username, pathname]).toEqual([database.environment.POSTGRES_USER, `/${database.environment.POSTGRES_DB}`]);
    expect(password).toBe(readFileSync(secret("database_password"), "utf8").trim());
    expect(database.environment.POSTGRES_PASSWORD_FILE).toBe("/run/secrets/database_password");
  });
});

describe("the image's health check", () => {
  const asked: string[] = [];
  let status = 200;
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    server = createServer((req, res) => {
      asked.push(req.url ?? "");
      res.writeHead(status).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(() => void server.close());

  /** Runs the very command with the portal's port for its health. Out: its exit code. */
  function check(): Promise<number | null> {
    const [, text = "[]"] = /^HEALTHCHECK .*? CMD (.*)$/m.exec(read("Dockerfile")) ?? [];
    const [program = "", ...args] = words.parse(JSON.parse(text));
    const env = { NODE_ENV: "production" as const, PATH: process.env.PATH, HEALTH_PORT: `${port}` };
    const child = spawn(program, args, { env, stdio: "ignore" });
    return new Promise((resolve) => child.once("close", resolve));
  }

  test.each([
    [200, 0],
    [503, 1],
  ])("where the portal says %i it ends with %i", async (said, code) => {
    status = said;
    expect(await check()).toBe(code);
    expect(asked.at(-1)).toBe("/readyz");
    expect(read("lib/serve/health.ts")).toContain('req.url !== "/readyz"');
  });
});

test("what docs/container.md types with compose names services that there are", () => {
  const lines = shellBlocks("docs/container.md")
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("docker compose "));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const [, , verb, ...rest] = line.split(" ");
    const named = rest.find((word) => /^[a-z]+$/.test(word));
    if (named === undefined)
      expect(verb, line).toBe("up"); // all of them
    else expect(Object.keys(compose.services), line).toContain(named);
  }
});
