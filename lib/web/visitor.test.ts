import { expect, test } from "vitest";
import { deviceName } from "@/lib/context/device-name";
import { requestId, visitor } from "@/lib/web/visitor";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["192.0.2.1, 10.0.0.1", "127.0.0.1"],
  ["<script>", "127.0.0.1"],
  ["", "127.0.0.1"],
])("the entry's word %j is read as %s", (header, ip) => {
  expect(visitor(new Headers({ "x-forwarded-for": header })).ip).toBe(ip);
});

test("nothing said means this machine", () => {
  expect(visitor(new Headers())).toEqual({ ip: "127.0.0.1", agent: "" });
});

test("an agent cannot break a line of a log nor fill it", () => {
  const sent = {
    get: (name: string) => (name === "user-agent" ? `Ada\r\n\u0000\u2028\u009b${"x".repeat(9000)}` : null),
  };
  expect(visitor(sent).agent).toBe(`Ada${"x".repeat(253)}`);
});

test.each(["npm run portal", "npm run \u0000portal"])(
  "no request is the command line, whatever it calls itself: %j",
  (agent) => {
    const sent = { get: (name: string) => (name === "user-agent" ? agent : null) };
    expect(visitor(sent).agent).toBe('"npm run portal"');
    expect(deviceName(visitor(sent).agent, "en")).toBe("Unknown browser");
  },
);

test("a request id is one of ours or none", () => {
  expect(requestId(new Headers({ "x-request-id": "abcdefghijklmnopqrstuv" }))).toBe("abcdefghijklmnopqrstuv");
  expect(requestId(new Headers({ "x-request-id": "a b" }))).toBe("none");
});
