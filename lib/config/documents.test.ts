import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "@/lib/config/read-config";
import { type Fence, fences, theFence } from "@/lib/testing/papers/fences";
import { programPath } from "@/lib/testing/papers/run-proxy";
import { testSettings } from "@/lib/testing/test-settings";
import { readEnv } from "@/scripts/env-lines.mjs";
import { settingNames } from "@/scripts/setting-names.mjs";

const folder = mkdtempSync(join(tmpdir(), "sallyport-papers-"));
const settings = fences().filter(({ language, text }) => language === "" && /^[A-Z_]+=/.test(text));
const where = ({ file, line }: Fence) => `${file}:${line}`;
const python = programPath("python3");

describe("the documents", () => {
  test("show settings in a few places", () => expect(settings.length).toBeGreaterThan(2));

  test.each(settings.map((fence) => [where(fence), fence.text] as const))("%s can be copied to .env", (_, text) => {
    const { values, notes, mistakes } = readEnv(text);
    expect({ notes, mistakes }).toEqual({ notes: [], mistakes: [] });
    expect(Object.keys(values).filter((name) => !settingNames.includes(name))).toEqual([]);
    const mailServer = join(folder, "smtp_url");
    writeFileSync(mailServer, "smtp://ada:lovelace@mail.example.test:587\n");
    const sms = {
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "lovelace-lovelace",
      TWILIO_FROM: "+12025550123",
    };
    const beside = { ...testSettings, ...(values.SMS_CHANNEL === "twilio" ? sms : {}) };
    const files = values.SMTP_URL_FILE === undefined ? {} : { SMTP_URL_FILE: mailServer };
    const secret = {
      ...(values.SMS_GATEWAY_SECRET === undefined
        ? {}
        : { SMS_GATEWAY_SECRET: "what openssl printed: 32 bytes of it" }),
    };
    const reading = readConfig({ ...beside, ...values, ...files, ...secret }, folder);
    expect(reading.ok ? [] : reading.mistakes).toEqual([]);
  });

  test("show a file of apps that can be read", () => {
    mkdirSync(join(folder, "data"), { recursive: true });
    writeFileSync(join(folder, "data", "apps.json"), theFence("docs/apps.md", "json"));
    const reading = readConfig({ ...testSettings, APPS_FILE: "data/apps.json" }, folder);
    expect(reading.ok ? reading.config.apps : reading.mistakes).toMatchObject([{ id: "5f0c8a1b2c3d4e5f60718293" }]);
  });

  test("show shell commands that a shell can read", () => {
    const blocks = fences().filter(({ language }) => language === "sh");
    expect(blocks.length).toBeGreaterThan(4);
    for (const block of blocks) {
      const { status, stderr } = spawnSync("sh", ["-n"], { input: block.text, encoding: "utf8" });
      expect({ where: where(block), status, stderr }).toEqual({ where: where(block), status: 0, stderr: "" });
    }
  });
});

test.skipIf(python === null)("the gateway's check in Python takes a genuine message, and nothing else", () => {
  const [secret, body, stamp] = ["a secret", '{"to":"+447400123456"}', String(Math.floor(Date.now() / 1000))];
  const sign = (time: string) => createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  const judge = (time: string, signature: string) => {
    const headers = JSON.stringify({ "X-Sallyport-Timestamp": time, "X-Sallyport-Signature": signature });
    const program = `${theFence("docs/sms-gateway.md", "python")}\nimport json, sys\nprint(is_genuine(json.loads(sys.argv[1]), sys.argv[2].encode(), sys.argv[3]))`;
    return spawnSync(python ?? "", ["-c", program, headers, body, secret], { encoding: "utf8" }).stdout.trim();
  };
  expect(judge(stamp, sign(stamp))).toBe("True");
  expect(judge(stamp, sign("0"))).toBe("False");
  expect(judge(String(Number(stamp) - 301), sign(String(Number(stamp) - 301)))).toBe("False");
});
