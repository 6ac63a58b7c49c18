import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { events } from "@/lib/audit/events";
import { letterKinds, notices } from "@/lib/notices/letter-kinds";
import { noticeOf } from "@/lib/notices/which-notice";
import { readSources } from "@/lib/testing/source-files";

const consequences = Object.entries(noticeOf);

describe("what follows from an event", () => {
  test("is said for every event, and for nothing else", () => {
    expect(Object.keys(noticeOf).sort()).toEqual(Object.keys(events).sort());
  });

  test("is told, gathered, or has a reason for neither", () => {
    for (const [, consequence] of consequences) expect(Object.values(consequence).join()).not.toBe("");
  });

  test("names each notice by one file, and the outbox worker carries every one of them", () => {
    const files = readdirSync(join(import.meta.dirname, "kinds")).map((file) => file.replace(/\.ts$/, ""));
    expect([...notices.keys()].map((kind) => kind.replaceAll(/[._]/g, "-")).sort()).toEqual(files.sort());
    for (const kind of notices.keys()) expect(Object.keys(letterKinds)).toContain(kind);
  });
});

/** What is told in the letter about the first factor. */
const toldWithTheFactor = [
  "lib/factors/bind-factor.ts recovery.generated",
  "lib/factors/recovery/hand-out.ts recovery.generated",
];

test("an event that somebody hears of is recorded by the function that tells, never beside it", () => {
  const telling = consequences.flatMap(([name, consequence]) => ("tells" in consequence ? [name] : []));
  const calls = [...readSources(join(import.meta.dirname, "../.."), ["lib", "app"])].flatMap(([path, text]) =>
    [...text.matchAll(/\brecord(?:Event|Refused)\([^;]*?name: "([a-z._]+)"/g)].map(([, name = ""]) => ({ path, name })),
  );
  expect(calls.length).toBeGreaterThan(20);
  const beside = calls.filter(({ name }) => telling.includes(name)).map(({ path, name }) => `${path} ${name}`);
  expect(beside.sort()).toEqual(toldWithTheFactor);
});

const reached = [...notices.values()].flatMap(({ kind, reaches }) =>
  reaches.to === "owner" ? [{ kind, by: reaches.by }] : [],
);

test.each(reached)("$kind is told by $by", ({ kind, by }) => expect(by).toEqual(channels.get(kind)));

const channels = new Map<string, readonly string[]>([
  ["factor.bound", ["mail", "sms"]],
  ["factor.removed", ["mail", "sms"]],
  ["factors.reset", ["mail", "sms"]],
  ["password.changed", ["mail", "sms"]],
  ["password.reset", ["mail", "sms"]],
  ["account.joined", ["mail", "sms"]],
  ["recovery.generated", ["mail", "sms"]],
  ["recovery.used", ["mail", "sms"]],
  ["recovery.added", ["mail", "sms"]],
  ["account.secured", ["mail", "sms"]],
  ["account.disabled", ["mail", "sms"]],
  ["account.enabled", ["mail", "sms"]],
  ["account.locked", ["mail", "sms"]],
  ["device.copied", ["mail", "sms"]],
  ["passkey.made_unasked", ["mail", "sms"]],
  ["passkey.counter_behind", ["mail", "sms"]],
  ["factor.closed", ["mail", "sms"]],
  ["device.forgotten", ["mail"]],
  ["email.changed", ["mail", "sms"]],
  ["email.moved", ["mail", "sms"]],
  ["email.reverted", ["mail", "sms"]],
  ["contact.added", ["mail", "sms"]],
  ["contact.removed", ["mail", "sms"]],
  ["username.changed", ["mail"]],
  ["phone.changed", ["mail", "sms"]],
  ["account.deleted", ["mail", "sms"]],
  ["change.waits", ["mail", "sms"]],
  ["change.stopped", ["mail"]],
  ["change.refused", ["mail"]],
  ["data.ready", ["mail", "sms"]],
] as const);
