import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closest, distance } from "@/scripts/closest.mjs";
import { strangeKeys } from "@/scripts/strange-keys.mjs";

describe("a name in .env", () => {
  test.each([
    ["MAIL_CHANEL", "MAIL_CHANNEL"],
    ["MAIL_CAHNNEL", "MAIL_CHANNEL"],
    ["PORTAL_KEY", "PORTAL_KEYS"],
    ["PORTAL_KEYS_FILES", "PORTAL_KEYS_FILE"],
    ["portal_keys", "PORTAL_KEYS"],
    ["Second_Factor", "SECOND_FACTOR"],
    ["SECOND-FACTOR", "SECOND_FACTOR"],
    ["SECOND_FACTR", "SECOND_FACTOR"],
    ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
    ["AUTH_SECRETS", "AUTH_SECRET"],
    ["APP_URI", "APP_URL"],
    ["PROT", "PORT"],
    ["host", "HOST"],
    ["DATADIR", "DATA_DIR"],
    ["EMAIL_COUNT", "EMAIL_COUNTS"],
    ["RSA_PASSWORD", "RSA_PASSWORDS"],
  ])("%s ends the start and asks for %s", (name, meant) => {
    expect(strangeKeys([name], [])).toEqual({
      mistakes: [`${name} in .env is not a key of the portal. Did you mean ${meant}?`],
      notes: [],
    });
  });

  test.each([
    ["SECOND_FACTOR_REQUIRED", ""],
    ["SMTP_PASSWORD", ""],
    ["BRAND_NAME_FILE", " Only secrets can come from a file."],
    ["TRUSTED_PROXIES_FILE", " Only secrets can come from a file."],
    ["APP_URL_FILE", " Only secrets can come from a file."],
  ])("%s, which nobody else would have, ends it too", (name, hint) => {
    expect(strangeKeys([name], []).mistakes).toEqual([`${name} in .env is not a key of the portal.${hint}`]);
  });

  test.each(["COMPOSE_PROJECT_NAME", "TZ", "NODE_EXTRA_CA_CERTS", "HTTPS_PROXY", "HOME", "MAIL"])(
    "%s belongs to another program: it is told, and the start goes on",
    (name) =>
      expect(strangeKeys([name], [])).toEqual({ mistakes: [], notes: [`${name} in .env is not a key of the portal.`] }),
  );

  test("that is a key says nothing", () => {
    const names = ["PORT", "PORTAL_KEYS", "PORTAL_KEYS_FILE", "SMTP_URL_FILE", "DEV_TOOLS"];
    expect(strangeKeys(names, names)).toEqual({ mistakes: [], notes: [] });
  });
});

describe("a name in the environment", () => {
  test.each(["MAIL_CHANEL", "portal_keys", "SECOND_FACTR", "PORTAL_KEY", "DATABASE_URI"])(
    "%s ends the start where the key itself is not set",
    (name) => expect(strangeKeys([], [name]).mistakes).toHaveLength(1),
  );

  test("is told and no more where the key itself is set, there or in .env", () => {
    const told = {
      mistakes: [],
      notes: ["DATABASE_URI in the environment is not a key of the portal. Did you mean DATABASE_URL?"],
    };
    expect(strangeKeys([], ["DATABASE_URI", "DATABASE_URL"])).toEqual(told);
    expect(strangeKeys(["DATABASE_URL"], ["DATABASE_URI"])).toEqual(told);
  });

  test("that only begins like ours is told", () => {
    expect(strangeKeys([], ["MAIL_HOST"])).toEqual({
      mistakes: [],
      notes: ["MAIL_HOST in the environment is not a key of the portal."],
    });
  });

  test("of a shell, of npm, of a build server or of a proxy is left alone", () => {
    const foreign = [
      "PATH",
      "HOME",
      "HOSTNAME",
      "MAIL",
      "PWD",
      "OLDPWD",
      "SHLVL",
      "TERM",
      "LANG",
      "LC_ALL",
      "TZ",
      "USER",
      "LOGNAME",
      "_",
      "NODE_ENV",
      "NODE_OPTIONS",
      "NODE_EXTRA_CA_CERTS",
      "npm_config_cache",
      "npm_package_name",
      "INIT_CWD",
      "EDITOR",
      "HTTP_PROXY",
      "https_proxy",
      "NO_PROXY",
      "SSH_AUTH_SOCK",
      "AUTH_URL",
      "AUTH_TRUST_HOST",
      "NEXTAUTH_URL",
      "PGHOST",
      "PGPORT",
      "CI",
      "GITHUB_TOKEN",
      "INVOCATION_ID",
      "JOURNAL_STREAM",
      "XDG_DATA_DIRS",
      "DISPLAY",
      "POSTGRES_PASSWORD",
      "prot",
      "HOSTS",
    ];
    expect(strangeKeys([], foreign)).toEqual({ mistakes: [], notes: [] });
  });
});

test("how far two words are apart", () => {
  const pairs: [string, string, number][] = [
    ["", "", 0],
    ["a", "", 1],
    ["list", "lsit", 1],
    ["lists", "list", 1],
    ["kitten", "sitting", 3],
    ["abc", "abc", 0],
  ];
  for (const [one, other, far] of pairs) {
    expect(distance(one, other)).toBe(far);
    expect(distance(other, one)).toBe(far);
  }
  expect(closest("lsit", ["add", "list", "last"])).toBe("list");
});

test("ends early only where the words are farther apart than asked", () => {
  const word = fc.string({ unit: fc.constantFrom("A", "B", "C", "_"), maxLength: 9 });
  fc.assert(
    fc.property(word, word, fc.nat(4), (one, other, most) => {
      const far = distance(one, other);
      const soon = distance(one, other, most);
      return far <= most ? soon === far : soon > most;
    }),
  );
});
