import { beforeEach, expect, test } from "vitest";
import type { Client } from "@/lib/serve/client-address";
import { proxyDoubts } from "@/lib/serve/proxy-doubts";
import { form, linesOf, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();
const ask = (forwardedFor: string) => doors.get("/", { headers: { "x-forwarded-for": forwardedFor } });

let tell: (doubt: Client["doubt"], peer: string, method?: string) => void;
beforeEach(() => {
  const doubts = proxyDoubts();
  tell = (doubt, peer, method = "GET") => doubts({ address: peer, peer, doubt }, method);
});

test("a trusted proxy that names nobody is told to the operator once, without a stranger's word", async () => {
  const lines = linesOf("proxy.unreadable");
  await ask("203.0.113.7:51812");
  expect(lines()).toEqual([]);
  for (const written of ["unknown", "secret-word", "unknown"]) await ask(written);
  expect(lines()).toMatchObject([
    { level: "warning", peer: "127.0.0.1", what: expect.stringContaining("The trusted proxy 127.0.0.1 wrote an") },
  ]);
  expect(JSON.stringify(lines())).not.toContain("secret-word");
});

test("a trusted proxy that says nothing of its visitors is told with their first form, not with a check of its health", async () => {
  const lines = linesOf("proxy.missing");
  await doors.get("/");
  expect(lines()).toEqual([]);
  for (let count = 0; count < 2; count += 1) await doors.get("/echo", { method: "POST", headers: form });
  expect(lines()).toMatchObject([
    { level: "warning", peer: "127.0.0.1", what: expect.stringContaining("127.0.0.1 sends no X-Forwarded-For") },
  ]);
});

test("a visitor from within TRUSTED_PROXIES is told with the first form", () => {
  const lines = linesOf("proxy.only_trusted");
  tell("only_trusted", "10.0.0.7");
  expect(lines()).toEqual([]);
  tell("only_trusted", "10.0.0.7", "POST");
  expect(lines()).toMatchObject([{ peer: "10.0.0.7", what: expect.stringContaining("name the proxies alone") }]);
});

test("a proxy that TRUSTED_PROXIES does not name is told once, with what to set, and so is the next one", () => {
  const lines = linesOf("proxy.untrusted");
  for (const peer of ["10.0.0.7", "10.0.0.8", "10.0.0.7"]) tell("untrusted", peer);
  tell(null, "10.0.0.9");
  expect(lines()).toMatchObject([
    { peer: "10.0.0.7", what: expect.stringContaining("set TRUSTED_PROXIES=10.0.0.7") },
    { peer: "10.0.0.8", what: expect.stringContaining("set TRUSTED_PROXIES=10.0.0.8") },
  ]);
});

test("a whole network of peers fills no log, and hides no doubt of another kind", () => {
  const [untrusted, unreadable] = [linesOf("proxy.untrusted"), linesOf("proxy.unreadable")];
  for (let host = 0; host < 200; host += 1) tell("untrusted", `10.0.0.${host}`);
  expect(untrusted()).toHaveLength(16);
  tell("unreadable", "10.1.1.1");
  expect(unreadable()).toHaveLength(1);
});
