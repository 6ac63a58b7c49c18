import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import * as z from "zod";
import type { Found, OtherBrowser } from "@/e2e/support/other-browsers/browser";
import { ensure } from "@/lib/kernel/assert";

const program = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));

/** What is missing for a story in Firefox; null when it can be told. */
export const firefoxMissing = (): string | null => (program ? null : "no Firefox here: apt-get install firefox-esr");

/** Nothing that a first start would ask or fetch. */
const preferences = {
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.normandy.enabled": false,
  "toolkit.telemetry.server": "",
  "remote.prefs.recommended": true,
};

const frame = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.string().optional(),
  message: z.string().optional(),
});
const tree = z.object({ contexts: z.array(z.object({ context: z.string() })).min(1) });
const evaluated = z.object({
  result: z.object({ type: z.string(), value: z.unknown().optional(), sharedId: z.string().optional() }),
});

/** Firefox without a window and with a profile of its own, by WebDriver BiDi (W3C, https://www.w3.org/TR/webdriver-bidi/). */
export async function openFirefox(): Promise<OtherBrowser> {
  ensure(program, "Firefox is here");
  const profile = await mkdtemp(join(tmpdir(), "sallyport-firefox-"));
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  const child = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill();
    await gone;
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const send = await connect(`${await addressIn(child)}/session`);
    await send("session.new", { capabilities: {} });
    const [first] = tree.parse(await send("browsingContext.getTree", {})).contexts;
    return browserOf(send, first?.context ?? "", stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Send = (method: string, params: object) => Promise<unknown>;

/** A mouse reaches only what the window shows. */
const intoView = 'function (one) { one.scrollIntoView({ block: "center", behavior: "instant" }) }';

function browserOf(send: Send, context: string, close: () => Promise<void>): OtherBrowser {
  const inPage = { target: { context }, awaitPromise: false };
  const run = async (body: string, given?: string) => {
    const functionDeclaration = `function () { ${body} }`;
    const list = [given === undefined ? { type: "null" } : { type: "string", value: given }];
    return evaluated.parse(await send("script.callFunction", { ...inPage, functionDeclaration, arguments: list }))
      .result;
  };
  const pointer = (id: string) => ({
    type: "pointer",
    id: "mouse",
    parameters: { pointerType: "mouse" },
    actions: [
      { type: "pointerMove", x: 0, y: 0, origin: { type: "element", element: { sharedId: id } } },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ],
  });
  const press = async ({ id }: Found) => {
    await send("script.callFunction", { ...inPage, functionDeclaration: intoView, arguments: [{ sharedId: id }] });
    await send("input.performActions", { context, actions: [pointer(id)] });
  };
  return {
    go: async (url) => void (await send("browsingContext.navigate", { context, url, wait: "complete" })),
    back: async () => void (await send("browsingContext.traverseHistory", { context, delta: -1 })),
    ask: async (body, given) => (await run(body, given)).value ?? null,
    async find(body, given) {
      const { sharedId } = await run(body, given);
      return sharedId === undefined ? null : { id: sharedId };
    },
    press,
    async type(found, text) {
      await press(found);
      const keys = [...text].flatMap((value) => [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ]);
      await send("input.performActions", { context, actions: [{ type: "key", id: "keys", actions: keys }] });
    },
    close,
  };
}

/** Speaks to the browser: one answer for each command. What it tells without being asked is not listened to. */
async function connect(url: string): Promise<Send> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  socket.on("message", (data) => {
    const read = frame.safeParse(JSON.parse(String(data)));
    const asker = read.success ? waiting.get(read.data.id) : undefined;
    if (!read.success || !asker) return;
    waiting.delete(read.data.id);
    const { error, message, result } = read.data;
    if (error === undefined) asker.resolve(result);
    else asker.reject(new Error(`Firefox: ${error}: ${message}`));
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      socket.send(JSON.stringify({ id: count, method, params }));
    });
}

/** The address of its remote control, which it says on its error stream once it is there. */
function addressIn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (piece: Buffer) => {
      said += piece.toString();
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject).once("exit", () => reject(new Error(`Firefox did not start: ${said}`)));
  });
}
