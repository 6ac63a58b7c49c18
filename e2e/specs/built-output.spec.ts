import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { developmentIn } from "@/lib/testing/built-house";

const root = join(import.meta.dirname, "../..");

test("nothing that only developers have is in the build, and its addresses are nobody's", async ({ house }) => {
  for (const folder of [".next/server", ".next/static", ".next/standalone/.next"])
    expect(developmentIn(join(root, folder)), folder).toEqual([]);
  for (const name of ["app", "e2e", "scripts", "lib"])
    expect(existsSync(join(root, ".next/standalone", name)), name).toBe(false);
  for (const path of ["/dev/mailbox", "/dev/mailbox/x", "/dev/mailbox/x/html"])
    expect((await ask(house.url, path)).status, path).toBe(404);
});

test("what is deployed is at most 30 MiB, with no text, map or program that nobody opens", () => {
  const standalone = join(root, ".next/standalone");
  const files = readdirSync(standalone, { recursive: true, encoding: "utf8" }).map((path) => ({
    path,
    found: lstatSync(join(standalone, path)),
  }));
  const bytes = files.reduce((sum, { found }) => sum + (found.isFile() ? found.size : 0), 0);
  expect(bytes / 2 ** 20).toBeLessThan(30);
  const idle =
    /^(?:\.env|biome|package-lock|tsconfig)|^\.next\/.*\.(?:map|nft\.json)$|\/(?:sharp|@img|server\/typescript)\/|\.development\.js$/;
  expect(files.filter(({ path }) => idle.test(path)).map(({ path }) => path)).toEqual([]);
});

test("every script asks the browser to compile it in one go", async ({ house, page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(request.url());
  });
  await page.goto("/login");
  expect(scripts.length).toBeGreaterThan(3);
  for (const script of scripts) {
    const { status, body } = await ask(house.url, new URL(script).pathname);
    expect({ status, begins: body.slice(0, 29) }, script).toEqual({
      status: 200,
      begins: "//# allFunctionsCalledOnLoad\n",
    });
  }
});

test("what carries letters loads out of the deployed folder, with the call that each is loaded for", () => {
  const program = `
    const { default: twilio } = await import("twilio");
    const { createTransport } = await import("nodemailer");
    const { Resend } = await import("resend");
    const calls = [twilio("AC0", "x").messages.create, twilio.RequestClient, createTransport({}).sendMail, new Resend("x").emails.send];
    process.stdout.write(calls.map((call) => typeof call).join(" "));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: join(root, ".next/standalone"),
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({ stdout: "function function function function", stderr: "" });
});
