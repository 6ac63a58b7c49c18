import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/support/fixtures";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { ensure } from "@/lib/kernel/assert";

const files = join(import.meta.dirname, "../../.next/standalone/files");

type Fetched = {
  readonly url: string;
  readonly coding: string | undefined;
  readonly kept: string;
  readonly bytes: number;
};

/** Everything that this browser fetches while it opens the page for the first time, as it came over the line. */
async function visit(page: Page, url: string): Promise<readonly Fetched[]> {
  const got: Promise<Fetched>[] = [];
  page.on("response", (response) => {
    const look = async () => {
      const { "content-encoding": coding, "cache-control": kept = "" } = await response.allHeaders();
      const { responseBodySize: bytes } = await response.request().sizes();
      return { url: response.url(), coding, kept, bytes };
    };
    got.push(look());
  });
  await page.goto(url, { waitUntil: "networkidle" });
  return Promise.all(got);
}

const isFile = ({ url }: Fetched) => url.includes("/_next/static/");
const kilobytes = (fetched: readonly Fetched[]) => fetched.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;

test("a first visit of the login page: every file once, compressed by the build, to keep, and little in all", async ({
  page,
}) => {
  const all = await visit(page, "/login");
  const needed = all.filter(isFile);
  expect(needed.length).toBeGreaterThan(5);
  expect(new Set(needed.map(({ url }) => url)).size).toBe(needed.length);
  for (const { url, coding, kept } of needed) {
    expect(coding, url).toBe("br");
    expect(kept, url).toBe("public, max-age=31536000, immutable");
  }
  expect(kilobytes(all)).toBeLessThan(135);
  expect(kilobytes(needed.filter(({ url }) => url.endsWith(".js")))).toBeLessThan(125);
});

test("every file of the build is what lies on the disk, in each coding, and is not fetched again", async ({
  page,
  house,
}) => {
  const needed = (await visit(page, "/login")).filter(isFile);
  expect(needed.length).toBeGreaterThan(5);
  for (const { url } of needed) {
    const path = decodeURIComponent(new URL(url).pathname);
    const content = readFileSync(join(files, path), "utf8");
    for (const coding of ["br", "gzip", "identity"]) {
      const answer = await fetch(house.url + path, { headers: { "accept-encoding": coding } });
      expect(answer.headers.get("content-encoding") ?? "identity", path).toBe(coding);
      expect(answer.headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(await answer.text()).toBe(content);
    }
    const { headers } = await fetch(house.url + path);
    const again = { "if-none-match": headers.get("etag") ?? "", "accept-encoding": "br" };
    expect((await fetch(house.url + path, { headers: again })).status, path).toBe(304);
  }
});

/** Milliseconds of CPU that a process has used so far, as Linux counts them in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

test("a file that is compressed costs little more than one as it is: it was compressed before", async ({ page }) => {
  test.skip(!existsSync("/proc/self/stat"), "only Linux tells");
  await withOwnPortal({}, async ({ url, pid }) => {
    const scripts = (await visit(page, `${url}/login`)).filter(isFile).sort((one, two) => two.bytes - one.bytes);
    ensure(scripts[0], "the page has a script");
    const largest = scripts[0].url;
    const costOf = async (coding: string) => {
      const before = cpuOf(pid);
      const headers = { "accept-encoding": coding };
      for (let each = 0; each < 150; each += 1) await (await fetch(largest, { headers })).arrayBuffer();
      return cpuOf(pid) - before;
    };
    await costOf("br");
    const asItIs = await costOf("identity");
    expect(await costOf("br")).toBeLessThan(3 * asItIs + 150); // compressed on the way it would be several milliseconds each time
  });
});
