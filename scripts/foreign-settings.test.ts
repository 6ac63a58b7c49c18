import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { settingMeanings } from "@/lib/config/schema";
import { isForeign } from "@/scripts/foreign-settings.mjs";

test.each([
  "PGHOST",
  "PGSSLMODE",
  "PGOPTIONS",
  "PGUSER",
  "PGPASSFILE",
  "PGSERVICE",
  "PGAPPNAME",
  "PGTZ",
  "PGCONNECT_TIMEOUT",
  ...["NODE_PG_FORCE_NATIVE", "PRISMA_CLIENT_ENGINE_TYPE", "DEBUG", "NODE_TLS_REJECT_UNAUTHORIZED"],
  ...["AUTH_URL", "AUTH_TRUST_HOST", "AUTH_SECRET_1", "NEXTAUTH_URL", "NEXTAUTH_SECRET", "AUTH_REDIRECT_PROXY_URL"],
  ...["NEXT_RUNTIME", "NEXT_DEPLOYMENT_ID", "__NEXT_PRIVATE_STANDALONE_CONFIG", "VERCEL", "VERCEL_URL", "TURBOPACK"],
  ...["TWILIO_CA_BUNDLE", "RESEND_DEBUG"],
  ...["NAPI_RS_NATIVE_LIBRARY_PATH", "NAPI_RS_FORCE_WASI", "ESBUILD_BINARY_PATH", "ESBUILD_WORKER_THREADS"],
  ...["BROWSERSLIST", "BROWSERSLIST_ENV"],
])("%s decides nothing here", (name) => expect(isForeign(name)).toBe(true));

test("every setting of the portal stays, and what only the machine can know", () => {
  const ours = settingMeanings().flatMap(({ name }) => [name, `${name}_FILE`]);
  const machine = [
    "PATH",
    "HOME",
    "TZ",
    "NODE_OPTIONS",
    "NODE_EXTRA_CA_CERTS",
    "HTTPS_PROXY",
    "npm_config_cache",
    "LANG",
  ];
  expect([...ours, ...machine].filter(isForeign)).toEqual([]);
});

test("a program that the start runs does not see them", () => {
  const source = `import { run } from "./scripts/run-step.mjs";
    const { output } = await run("/usr/bin/env", [], { env: { __NEXT_PROCESSED_ENV: "true" } }); console.log(output);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: join(process.cwd()),
    env: { PATH: process.env.PATH, NODE_ENV: "test", PGSSLMODE: "require", AUTH_URL: "https://elsewhere.example.test" },
    encoding: "utf8",
  });
  expect(stdout.split("\n").filter((line) => /^(?:PG|AUTH_|__NEXT)/.test(line))).toEqual(["__NEXT_PROCESSED_ENV=true"]);
});
