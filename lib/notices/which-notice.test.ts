import { describe, expect, test } from "vitest";
import { events } from "@/lib/audit/events";
import { factShapes } from "@/lib/letters/facts";
import { alarmKinds, changeKinds, noticeOf, reachOf } from "@/lib/notices/which-notice";

const consequences = Object.entries(noticeOf);

describe("what follows from an event", () => {
  test("is said for every event, and for nothing else", () => {
    expect(Object.keys(noticeOf).sort()).toEqual(Object.keys(events).sort());
  });

  test("is a letter, an alarm, or a reason for neither", () => {
    for (const [, consequence] of consequences) expect(Object.values(consequence).join()).not.toBe("");
  });

  test("reaches every kind of notice: none is there that no event causes", () => {
    const caused = consequences.flatMap(([, consequence]) =>
      "nothing" in consequence ? [] : Object.values(consequence),
    );
    expect([...new Set(caused)].sort()).toEqual([...changeKinds, ...alarmKinds].sort());
    for (const kind of caused) expect(Object.keys(factShapes)).toContain(kind);
  });
});

test.each([
  ["factor.bound", ["mail", "sms"]],
  ["factor.removed", ["mail", "sms"]],
  ["factors.reset", ["mail", "sms"]],
  ["password.changed", ["mail", "sms"]],
  ["account.joined", ["mail", "sms"]],
  ["recovery.generated", ["mail", "sms"]],
  ["recovery.used", ["mail", "sms"]],
  ["recovery.added", ["mail", "sms"]],
  ["account.secured", ["mail", "sms"]],
  ["factor.closed", ["mail"]],
  ["device.forgotten", ["mail"]],
  ["email.changed", ["mail", "sms"]],
  ["phone.changed", ["mail"]],
] as const)("%s is told by %j", (kind, channels) => expect(reachOf[kind]).toEqual(channels));
