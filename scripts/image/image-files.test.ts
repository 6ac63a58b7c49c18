import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scriptsOfImage } from "@/scripts/image/lay-out-image.mjs";
import { settingNames } from "@/scripts/setting-names.mjs";

const read = (name: string) => readFileSync(join(process.cwd(), name), "utf8");
const linesOf = (name: string) => read(name).split("\n");
const flagsIn = (words: readonly string[]) => words.filter((word) => word.startsWith("--"));

test("an image runs Node with the flags of npm start, as an account with an entry, and writes only to its volume", () => {
  const lines = linesOf("Dockerfile");
  const command = lines.find((line) => line.startsWith("CMD "))?.slice(4) ?? "[]";
  const words: readonly string[] = JSON.parse(command);
  const { scripts } = JSON.parse(read("package.json"));
  expect(flagsIn(words)).toEqual(flagsIn(scripts.start.split(" ")));
  expect(words.at(-1)).toBe("scripts/serve-image.mjs");
  expect(lines.find((line) => line.includes("/etc/passwd"))).toContain("sallyport:x:10001:10001:");
  expect(lines).toContain("USER 10001:10001");
  expect(lines.find((line) => line.startsWith("ENV "))).toBe(
    "ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 HEALTH_PORT=3001 DATA_DIR=/data",
  );
  expect(lines).toEqual(
    expect.arrayContaining(['VOLUME ["/data"]', "ARG BASE=node:24-bookworm-slim", "ARG PREVIOUS=scratch"]),
  );
  const stages = lines.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" AS ")[1] ?? line);
  expect(stages).toEqual(["previous", "build", "portal", "FROM portal"]);
});

test("no key, backup or data of a checkout gets into an image, and git ignores the same secrets", () => {
  const left = linesOf(".dockerignore");
  for (const name of [".git", ".env", ".env.*", "secrets", "data", "backups", "node_modules", ".next", ".sallyport"])
    expect(left, name).toContain(name);
  expect(linesOf(".gitignore")).toContain("/secrets/");
});

/** The part of compose.yaml under a key, without its indentation. */
function part(text: string, key: string, depth: number): string {
  const [, after = ""] = text.split(`\n${" ".repeat(depth)}${key}:\n`);
  const lines = after.split("\n");
  const end = lines.findIndex((line) => line !== "" && !line.startsWith(" ".repeat(depth + 1)));
  return lines.slice(0, end === -1 ? undefined : end).join("\n");
}

test("compose gives the portal settings that there are, secrets as files, and half a minute to stop", () => {
  const compose = read("compose.yaml");
  const portal = part(compose, "portal", 2);
  const given = [...part(portal, "environment", 4).matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name, value]) => ({
    name: name ?? "",
    value: value ?? "",
  }));
  expect(given.length).toBeGreaterThan(3);
  for (const { name } of given) expect(settingNames).toContain(name);
  for (const { name, value } of given.filter((one) => one.name.endsWith("_FILE"))) {
    const secret = value.replace("/run/secrets/", "");
    expect(portal, name).toMatch(new RegExp(`^ {4}secrets: \\[.*\\b${secret}\\b.*\\]$`, "m"));
    expect(part(compose, secret, 2).trim()).toBe(`file: ./secrets/${secret}`);
  }
  expect(given.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["PORTAL_KEYS_FILE", "AUTH_SECRET_FILE", "DATABASE_URL_FILE"]),
  );
  for (const line of [
    "stop_grace_period: 30s",
    "read_only: true",
    "cap_drop: [ALL]",
    "tmpfs: [/tmp]",
    "target: portal",
  ])
    expect(portal, line).toContain(line);
});

test("the portal that compose runs believes Caddy, which overwrites what visitors say of themselves, and nobody else", () => {
  const compose = read("compose.yaml");
  const believed = /TRUSTED_PROXIES: (\S+)/.exec(compose)?.[1];
  expect(part(compose, "caddy", 2)).toContain(`ipv4_address: ${believed}\n`);
  expect(compose).toContain(`subnet: ${believed?.replace(/\d+$/, "0")}/24`);
  expect(read("docs/examples/Caddyfile")).toContain("header_up X-Forwarded-For {remote_host}");
});

const caddy = ["/usr/bin/caddy", "/usr/local/bin/caddy"].find((path) => existsSync(path));

test.skipIf(caddy === undefined)("Caddy reads the file that compose gives it, with the name in its environment", () => {
  const args = ["adapt", "--validate", "--config", "docs/examples/Caddyfile", "--adapter", "caddyfile"];
  const folder = mkdtempSync(join(tmpdir(), "caddy-"));
  const places = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const env = { PATH: process.env.PATH, NODE_ENV: "test" as const, ...places, LOGIN_HOST: "login.example.test" };
  try {
    const { status, stdout } = spawnSync(caddy ?? "", args, { encoding: "utf8", env });
    expect(status).toBe(0);
    expect(stdout).toContain('"login.example.test"');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what a container runs needs no package and nothing that prepares: only the bundles", async () => {
  const scripts = await scriptsOfImage();
  expect(scripts).toContain("scripts/commands/serve-image.mjs");
  expect(scripts.filter((path) => path.includes("node_modules"))).toEqual([]);
  for (const path of scripts) expect(read(path), path).not.toMatch(/(?:from|import\()\s*"(?!node:|\.)/);
  expect(scripts).not.toEqual(expect.arrayContaining(["scripts/prepare.mjs"]));
});
