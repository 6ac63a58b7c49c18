import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();
const rows = () => house().db.app.findMany({ orderBy: { id: "asc" } });

afterEach(() => setSettings({ APPS_FILE: "", RSA_PASSWORDS: "" }));

function configured(app: object) {
  const file = join(mkdtempSync(join(tmpdir(), "sallyport-apps-")), "apps.json");
  writeFileSync(file, JSON.stringify([app]));
  setSettings({ APPS_FILE: file });
}

describe("apps add", () => {
  test("registers an app and prints what its client is made with", async () => {
    const { code, out } = await portal("apps add Shop --origin https://shop.example.test");
    expect(code).toBe(0);
    const [app] = await rows();
    expect(app).toMatchObject({ name: "Shop", origins: ["https://shop.example.test"], isDefault: true });
    expect(app?.id).toMatch(/^[0-9a-f]{24}$/);
    expect(out).toMatch(/is told numbers and addresses +masked\n/);
    const lines = [`appId: "${app?.id}",`, 'appHost: "http://localhost:3000",', 'publicKey: "unused",'];
    for (const line of [...lines, "encryptFunction: async (password) => password,"])
      expect(out).toContain(`    ${line}\n`);
    expect(await events()).toMatchObject([
      { name: "app.registered", actorId: null, meta: { by: "cli", app: app?.id } },
    ]);
  });

  test("with RSA switched on the client needs no options of its own", async () => {
    setSettings({ RSA_PASSWORDS: "true" });
    const { out } = await portal("apps add Shop --id shop");
    expect(out).toContain('appId: "shop"');
    expect(out).not.toMatch(/publicKey|encryptFunction/);
  });

  test("takes places again and again or as a list, and everything else at once", async () => {
    const origins = "--origin https://a.example.test --origin https://b.example.test,http://localhost:5173";
    const servers = "--server 192.0.2.7 --server 2001:db8::/32";
    const rest = "--redirect https://a.example.test/back --unmasked --demand --default";
    const { code, document } = await json(`apps add Shop --id shop ${origins} ${servers} ${rest}`);
    const app = {
      id: "shop",
      name: "Shop",
      servers: ["192.0.2.7", "2001:db8::/32"],
      origins: ["https://a.example.test", "https://b.example.test", "http://localhost:5173"],
      redirect: "https://a.example.test/back",
      unmasked: true,
      demands: true,
      isDefault: true,
    };
    expect({ code, document }).toEqual({
      code: 0,
      document: {
        ok: true,
        app,
        defaultFrom: null,
        options: { appId: "shop", appHost: "http://localhost:3000", publicKey: "unused" },
      },
    });
    expect(await rows()).toMatchObject([app]);
  });

  test.each([
    ["--id portal", "--id must not be portal"],
    ["--id a", "--id must be 3 to 64"],
    ["--origin https://a.example.test/", "--origin must be scheme"],
    ["--origin https://*.example.test", "--origin must be scheme"],
    ["--server everybody", "--server must be an IP"],
    ["--server 0.0.0.0/0", "--server must not be a range"],
    ["--redirect http://a.example.test/", "--redirect must be https://"],
    ["--colour red", "--colour"],
    ["surplus", "one word too many"],
  ])("%s is not understood, and registers nothing", async (options, sentence) => {
    const { code, err, out } = await portal(`apps add Shop ${options}`);
    expect([code, out, err]).toEqual([2, "", expect.stringContaining(sentence)]);
    expect([await rows(), await events()]).toEqual([[], []]);
  });

  test("an id that is taken is refused with a sentence", async () => {
    await portal("apps add Shop --id shop");
    expect(await json("apps add Other --id shop")).toMatchObject({
      code: 1,
      document: { ok: false, error: { id: "apps.taken", message: expect.stringMatching(/\.$/) } },
    });
  });
});

describe("apps list", () => {
  test("says how to begin, then shows everything", async () => {
    expect((await portal("apps list")).out).toContain("apps add NAME");
    await portal("apps add Shop --id shop --origin https://shop.example.test --demand");
    await portal("apps add Till --id till --server 192.0.2.7 --unmasked");
    const { out } = await portal("apps list");
    expect(out).toMatch(/^ID +NAME +DEFAULT +TOLD +DEMANDS +FROM +ORIGINS +SERVERS +REDIRECT\n/);
    expect(out).toMatch(/shop +Shop +yes +masked +yes +command +https:\/\/shop\.example\.test +- +-\n/);
    expect(out).toMatch(/till +Till +- +whole +- +command +- +192\.0\.2\.7 +-\n/);
    expect((await json("apps list")).document).toMatchObject({ apps: [{ id: "shop" }, { id: "till" }] });
  });
});

describe("apps change", () => {
  test("changes what is named, empties what is said to be none, and keeps the rest", async () => {
    await portal(
      "apps add Shop --id shop --origin https://a.example.test --server 192.0.2.7 --redirect https://a.example.test/",
    );
    await portal("apps change shop --origin https://b.example.test --unmasked yes --demand yes --name Store");
    expect(await rows()).toMatchObject([
      { name: "Store", origins: ["https://b.example.test"], servers: ["192.0.2.7"], unmasked: true, demands: true },
    ]);
    const all = "--origin none --server none --redirect none --unmasked no --demand no --default no";
    expect((await json(`apps change shop ${all}`)).document).toMatchObject({
      app: {
        name: "Store",
        origins: [],
        servers: [],
        redirect: null,
        unmasked: false,
        demands: false,
        isDefault: false,
      },
    });
  });

  test("says which app is no longer the default", async () => {
    await portal("apps add Shop --id shop");
    await portal("apps add Till --id till");
    expect((await portal("apps change till --default yes")).out).toContain("no longer shop's");
    expect(await rows()).toMatchObject([{ isDefault: false }, { isDefault: true }]);
  });

  test.each([
    ["", "Say what to change."],
    ["--unmasked maybe", "--unmasked must be yes or no."],
    ["--default constructor", "--default must be yes or no."],
    ["--origin https://a.example.test/x", "--origin must be"],
    ["--id other", "--id"],
  ])("%j is not understood, and changes nothing", async (options, sentence) => {
    await portal("apps add Shop --id shop --demand");
    const before = await rows();
    const { code, err } = await portal(`apps change shop ${options}`);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(await rows()).toEqual(before);
  });

  test.each(["apps change none --demand yes", "apps remove none"])("%s: there is no such app", async (line) =>
    expect(await json(line)).toMatchObject({ code: 1, document: { error: { id: "apps.unknown" } } }),
  );
});

describe("an app of the file", () => {
  test.each(["apps change shop --demand yes", "apps remove shop", "apps add Other --id shop"])(
    "is out of reach: %s",
    async (line) => {
      configured({ id: "shop", name: "The shop" });
      expect(await json(line)).toMatchObject({
        code: 1,
        document: { error: { id: "apps.configured", message: expect.stringContaining("APPS_FILE") } },
      });
      expect((await portal("apps list")).out).toMatch(/shop +The shop +- +masked +- +file/);
      expect(await rows()).toEqual([]);
    },
  );

  test("with a mistake no command runs", async () => {
    configured({ id: "shop" });
    const { code, err } = await portal("apps list");
    expect([code, err]).toEqual([1, expect.stringContaining("APPS_FILE app 1, name must be text.")]);
  });
});

describe("apps remove", () => {
  test("says what ended, and that nobody stands for calls without an app now", async () => {
    await portal("apps add Shop --id shop");
    const { code, out } = await portal("apps remove shop --yes");
    expect([code, out]).toEqual([0, expect.stringContaining("The app shop is gone, and 0 sessions with it.")]);
    expect(out).toContain("apps change ID --default yes");
    expect(await rows()).toEqual([]);
    expect((await events()).at(-1)).toEqual({
      name: "app.removed",
      actorId: null,
      meta: { by: "cli", app: "shop", sessions: 0 },
    });
  });

  test.each([
    [undefined, 2, "ends everybody's session there. Add --yes"],
    ["Shop", 1, "Nothing was changed: its id was not typed again."],
    [null, 1, "Nothing was changed"],
  ])("without --yes and with the answer %j nothing happens", async (answer, code, sentence) => {
    await portal("apps add Shop --id shop");
    expect(await portal("apps remove shop", answer)).toMatchObject({
      code,
      out: "",
      err: expect.stringContaining(sentence),
    });
    expect(await rows()).toHaveLength(1);
  });

  test("the id typed again confirms it, and the question names the app", async () => {
    await portal("apps add Shop --id shop");
    const { code, asked } = await portal("apps remove shop", " shop");
    expect([code, asked]).toEqual([0, [expect.stringContaining("This removes the app Shop")]]);
    expect(await rows()).toEqual([]);
  });
});

test("help shows what may be given again", async () => {
  const { out } = await portal("help apps add");
  expect(out).toContain("apps add NAME [--id ID] [--origin URL]… [--server IP]… [--redirect URL]");
});
