import { expect, test } from "vitest";
import { type Environment, readConfig } from "@/lib/config/read-config";
import { testSettings } from "@/lib/testing/test-settings";

const read = (env: Environment) => readConfig({ ...testSettings, APP_URL: undefined, ...env }, "/");
function mistakesOf(env: Environment): readonly string[] {
  const reading = read(env);
  return reading.ok ? [] : reading.mistakes;
}
function partyOf(env: Environment) {
  const reading = read(env);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config.relyingParty;
}

const far = "https://login.example.test";

test.each([
  [{}, "localhost"],
  [{ APP_URL: "http://localhost:4000" }, "localhost"],
  [{ APP_URL: far }, "login.example.test"],
  [{ APP_URL: "https://Login.Example.TEST.:8443" }, "login.example.test"],
  [{ APP_URL: "https://bücher.example" }, "xn--bcher-kva.example"],
  [{ APP_URL: far, RP_ID: "example.test" }, "example.test"],
  [{ APP_URL: far, RP_ID: "EXAMPLE.test." }, "example.test"],
])("passkeys of %o belong to %s", (env, id) => {
  expect(partyOf(env)).toEqual({ id, formerIds: [] });
});

test.each(["http://127.0.0.1:3000", "http://[::1]:3000", "https://192.0.2.7"])(
  "at %s, an address without a name, there are none, and a key about them is a mistake",
  (url) => {
    expect(partyOf({ APP_URL: url })).toBeNull();
    expect(mistakesOf({ APP_URL: url, RP_ID: "example.test", RELATED_ORIGINS: "example.com" })).toEqual([
      "RP_ID needs an APP_URL with a name: passkeys belong to a name, and an address has none.",
      "RELATED_ORIGINS needs an APP_URL with a name: passkeys belong to a name, and an address has none.",
    ]);
  },
);

test.each(["other.test", "gin.example.test", "xample.test", "a.login.example.test", "test", "example.test.com"])(
  "%s is no name of this address: browsers would refuse it, so the start does",
  (RP_ID) => {
    expect(mistakesOf({ APP_URL: far, RP_ID })).toEqual([
      "RP_ID must be the name in APP_URL or one that it ends with: browsers refuse any other.",
    ]);
  },
);

test.each([
  "https://example.test",
  "example.test:443",
  "127.0.0.1",
  "[::1]",
  "exa mple.test",
  "..",
  "a..b",
  "x/y",
  "a@b.test",
])("%s is no name at all", (name) => {
  for (const key of ["RP_ID", "RELATED_ORIGINS"]) {
    const sentence = `${key} must be a name such as example.test, without https:// and without a port.`;
    expect(mistakesOf({ APP_URL: far, [key]: name })).toEqual([sentence]);
  }
});

test("former names are five at most, each once, and none of them the present one", () => {
  const names = ["one.test", "TWO.test", "three.test", "four.test", "example.test"];
  expect(partyOf({ APP_URL: far, RELATED_ORIGINS: names.join(", ") })?.formerIds).toEqual(
    names.map((name) => name.toLowerCase()),
  );
  const said = (RELATED_ORIGINS: string) => mistakesOf({ APP_URL: far, RELATED_ORIGINS });
  expect(said([...names, "six.test"].join())).toEqual([
    "RELATED_ORIGINS must be at most 5 names: browsers look at no more.",
  ]);
  expect(said("one.test,One.test.")).toEqual(["RELATED_ORIGINS names one name twice."]);
  expect(said("login.example.test")).toEqual([
    "RELATED_ORIGINS names what passkeys belong to already: only former names are meant.",
  ]);
});

test("a mistake in APP_URL hides none beside it", () => {
  expect(mistakesOf({ APP_URL: "http://login.example.test", RP_ID: "other.test" })).toEqual([
    expect.stringMatching(/^APP_URL /),
    expect.stringMatching(/^RP_ID /),
  ]);
});
