import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { accentOnDark, contrast, darkGround } from "@/lib/config/accent";
import { envExample, settingNamesModule, withSettingsTable } from "@/lib/config/example";
import { type Environment, readConfig } from "@/lib/config/read-config";
import { exampleKey } from "@/lib/config/values";

const key = (fill: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 7 + fill) % 256)).toString("base64");
const secretText = "correct horse battery staple twice over";
const usable = { PORTAL_KEYS: `k2:${key(1)},k1:${key(2)}`, AUTH_SECRET: secretText };
const folder = mkdtempSync(join(tmpdir(), "sallyport-config-"));

function mistakesOf(env: Environment): readonly string[] {
  const reading = readConfig({ ...usable, ...env }, folder);
  return reading.ok ? [] : reading.mistakes;
}

function configOf(env: Environment) {
  const reading = readConfig({ ...usable, ...env }, folder);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config;
}

describe("the documents", () => {
  test("show every key: `npm run config:docs` writes them anew", async () => {
    await expect(envExample()).toMatchFileSnapshot("../../.env.example");
    await expect(settingNamesModule()).toMatchFileSnapshot("../../scripts/setting-names.mjs");
    const operate = join(import.meta.dirname, "../../docs/operate.md");
    await expect(withSettingsTable(readFileSync(operate, "utf8"))).toMatchFileSnapshot(operate);
  });

  test("hold an example that nobody can start with", () => {
    const lines = envExample().matchAll(/^#([A-Z_]+)=(.*)$/gm);
    const env = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
    const reading = readConfig(env, folder);
    expect(reading.ok ? [] : reading.mistakes.filter((mistake) => /example/.test(mistake))).toHaveLength(4);
  });
});

describe("a configuration", () => {
  test("needs two secrets and nothing else", () => {
    expect(configOf({})).toMatchObject({
      appUrl: "http://localhost:3000",
      isHttps: false,
      isLoopback: true,
      host: "127.0.0.1",
      port: 3000,
      healthPort: null,
      databaseUrl: null,
      dataDir: join(folder, "data"),
      trustedProxies: [],
      totpWindow: 1,
      loginsPerAddress: 30,
      defaultLanguage: "en",
      devTools: false,
      mail: { kind: "off" },
      sms: { kind: "off" },
      secondFactor: {
        demand: "admins",
        from: null,
        kinds: ["passkey", "totp"],
        count: 1,
        emailCounts: false,
        strength: "any",
        resetWithoutFactor: "operator",
      },
      phones: { enabled: true, countries: [], region: null },
      budgets: { smsPerDay: 500, mailPerDay: 5000 },
      brand: { name: "Sallyport", logoFile: null, support: null },
    });
  });

  test("cannot be changed once it is read", () => {
    expect(Object.isFrozen(configOf({}))).toBe(true);
    expect(Object.isFrozen(configOf({}).brand)).toBe(true);
  });

  test("follows PORT in its default address and drops what browsers drop", () => {
    expect(configOf({ PORT: "4000" }).appUrl).toBe("http://localhost:4000");
    expect(configOf({ APP_URL: "https://Login.Example.test:443/" }).appUrl).toBe("https://login.example.test");
  });

  test.each(["http://localhost.", "http://LOCALHOST.:3000", "http://127.0.0.1.:3000/"])(
    "%s is this machine: a dot at the end is the same name",
    (url) => {
      expect(configOf({ APP_URL: url, DEV_TOOLS: "true" })).toMatchObject({
        appUrl: url
          .toLowerCase()
          .replace(/\.(?=$|:3|\/$)/, "")
          .replace(/\/$/, ""),
        isLoopback: true,
      });
    },
  );

  test("lists every mistake in one go", () => {
    const reading = readConfig(
      { PORT: "none", TOTP_WINDOW: "2", DEV_TOOLS: "true", APP_URL: "https://a.test" },
      folder,
    );
    const names = reading.ok ? [] : reading.mistakes.map((mistake) => mistake.split(" ")[0]);
    expect(names.sort()).toEqual(["AUTH_SECRET", "DEV_TOOLS", "PORT", "PORTAL_KEYS", "TOTP_WINDOW"]);
  });

  test("takes an empty value for none", () => {
    expect(configOf({ PORT: " 4000\r", SMS_ENABLED: "true\r" }).port).toBe(4000);
    expect(configOf({ DATABASE_URL: "", BRAND_NAME: " ", PORT: "\r" })).toMatchObject({
      databaseUrl: null,
      port: 3000,
    });
  });

  test("never listens where the shell's HOSTNAME says", () => {
    expect(configOf({ HOSTNAME: "0.0.0.0" }).host).toBe("127.0.0.1");
  });

  test.each([
    ["APP_URL", "http://login.example.test"],
    ["APP_URL", "https://login.example.test/portal"],
    ["APP_URL", "https://ada@login.example.test"],
    ["APP_URL", "ftp://login.example.test"],
    ["APP_URL", "login.corp.test"],
    ["APP_URL", "https://login.example.test?"],
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["HOST", "0.0.0.0/0"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["DATABASE_URL", "postgresql://localhost"],
    ["PORTAL_KEYS", "k1:short"],
    ["PORTAL_KEYS", `k1:${exampleKey}`],
    ["PORTAL_KEYS", `k1:${Buffer.alloc(32, 7).toString("base64")}`],
    ["PORTAL_KEYS", `k1:${key(1)},k1:${key(2)}`],
    ["PORTAL_KEYS", `k1:${key(1)},k2:${key(1)}`],
    ["PORTAL_KEYS", `:${key(1)}`],
    ["PORTAL_KEYS", ","],
    ["AUTH_SECRET", "too short"],
    ["AUTH_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["AUTH_SECRET", `${secretText},short`],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "AAAA"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TRUSTED_PROXIES", "proxy.example.test"],
    ["TRUSTED_PROXIES", "10.0.0"],
    ["TRUSTED_PROXIES", "10.0.0.1:8080"],
    ["TRUSTED_PROXIES", "0.0.0.0/0"],
    ["TRUSTED_PROXIES", "::/0"],
    ["TRUSTED_PROXIES", "10.0.0.1, 192.0.2.0/0"],
    ["TRUSTED_PROXIES", "0.0.0.0/1,128.0.0.0/1"],
    ["TRUSTED_PROXIES", "::ffff:0:0/96"],
    ["BRAND_NAME", "a\nb"],
    ["BRAND_ACCENT", "#ffcc00"],
    ["BRAND_ACCENT", "red"],
    ["BRAND_SUPPORT", "javascript:alert(1)"],
    ["BRAND_SUPPORT", "help@example..test"],
    ["BRAND_SUPPORT", "help@exa mple.test"],
    ["BRAND_LOGO_FILE", "/no/such/logo.svg"],
    ["BRAND_LOGO_FILE", "logo.gif"],
    ["SECOND_FACTOR", "always"],
    ["DEFAULT_LANGUAGE", "de"],
    ["DEV_TOOLS", "yes"],
    ["HEALTH_PORT", "3000"],
  ])("refuses %s=%j in a sentence that does not repeat the value", (name, value) => {
    const mistakes = mistakesOf({ [name]: value });
    expect(mistakes.length).toBeGreaterThan(0);
    for (const mistake of mistakes) {
      expect(mistake).toMatch(new RegExp(`^${name} .*\\.$`));
      if (value.length > 8) expect(mistake).not.toContain(value);
    }
  });

  test.each([
    ["0.0.0.0", 1],
    ["::", 1],
    ["127.0.0.1", 0],
    ["::1", 0],
  ])("the mailbox of development is for this machine: with HOST=%s there are %i mistakes", (host, count) => {
    expect(mistakesOf({ DEV_TOOLS: "true", HOST: host })).toHaveLength(count);
  });
});

describe("a secret", () => {
  const file = join(folder, "auth-secret");
  writeFileSync(file, `${secretText}\n`);

  test("may stand in a file", () => {
    expect(configOf({ AUTH_SECRET: undefined, AUTH_SECRET_FILE: file }).authSecrets.reveal()).toEqual([secretText]);
  });

  test("in a file may come from another system; one that is no text is told", () => {
    const odd = join(folder, "odd-secret");
    const read = (content: string | Buffer) => {
      writeFileSync(odd, content);
      return { AUTH_SECRET: undefined, AUTH_SECRET_FILE: odd };
    };
    expect(configOf(read(`\uFEFF${secretText}\r\n`)).authSecrets.reveal()).toEqual([secretText]);
    expect(mistakesOf(read(Buffer.from(secretText, "utf16le")))).toEqual([
      "AUTH_SECRET_FILE names a file that is not saved as UTF-8 but, it seems, as UTF-16. Save it as UTF-8 and try again.",
    ]);
  });

  test("in both places is a mistake, and so is a file that is not there", () => {
    expect(mistakesOf({ AUTH_SECRET_FILE: file })).toEqual([
      "AUTH_SECRET_FILE and AUTH_SECRET are both set: keep one of them.",
    ]);
    const empty = join(folder, "empty");
    writeFileSync(empty, " \n");
    expect(mistakesOf({ AUTH_SECRET_FILE: empty })).toEqual([]);
    const missing = mistakesOf({ AUTH_SECRET: undefined, AUTH_SECRET_FILE: join(folder, "none") });
    expect(missing).toEqual(["AUTH_SECRET_FILE names a file that cannot be read or is empty."]);
  });

  test("keeps its order: the first key seals, the newest secret signs", () => {
    const { keys, authSecrets } = configOf({ AUTH_SECRET: `${secretText} new,${secretText}` });
    expect(keys.reveal().map(({ id }) => id)).toEqual(["k2", "k1"]);
    expect(authSecrets.reveal()).toEqual([`${secretText} new`, secretText]);
  });

  test("is not printed with the rest, whoever prints the configuration", () => {
    const config = configOf({ DATABASE_URL: "postgresql://ada:lovelace@db.example.test/portal" });
    const printed = `${JSON.stringify(config)} ${inspect(config, { depth: 9 })}`;
    expect(printed).toContain("[redacted]");
    for (const word of [secretText, "lovelace", key(1)]) expect(printed).not.toContain(word);
  });
});

describe("the accent", () => {
  test.each(["#1d5b79", "#000000", "#7a1f3d", "#0f6b3c", "#5b21b6"])("%s is readable in both themes", (accent) => {
    const { brand } = configOf({ BRAND_ACCENT: accent });
    expect(contrast(brand.accent, "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(brand.accentOnDark, darkGround)).toBeGreaterThanOrEqual(4.5);
  });

  test("is lightened as little as it takes", () => {
    expect(accentOnDark("#ffffff")).toBe("#ffffff");
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  });
});
