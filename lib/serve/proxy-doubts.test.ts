import { expect, test } from "vitest";
import { proxyDoubts } from "@/lib/serve/proxy-doubts";
import { linesOf, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();
const ask = (forwardedFor: string) => doors.get("/", { headers: { "x-forwarded-for": forwardedFor } });

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

test("a proxy that TRUSTED_PROXIES does not name is told once, with what to set", () => {
  const lines = linesOf("proxy.untrusted");
  const tell = proxyDoubts();
  for (const peer of ["10.0.0.7", "10.0.0.8"]) tell({ address: peer, peer, doubt: "untrusted" });
  tell({ address: "198.51.100.1", peer: "10.0.0.7", doubt: null });
  expect(lines()).toMatchObject([{ peer: "10.0.0.7", what: expect.stringContaining("set TRUSTED_PROXIES=10.0.0.7") }]);
});
