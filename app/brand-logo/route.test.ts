import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { GET } from "@/app/brand-logo/route";
import { setSettings } from "@/lib/testing/test-settings";

const folder = mkdtempSync(join(tmpdir(), "logo-"));
const file = join(folder, "logo.svg");
const drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>';

beforeAll(() => {
  writeFileSync(file, drawing);
  setSettings({ BRAND_LOGO_FILE: file });
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => void vi.restoreAllMocks());

test("a logo that was exchanged for what is none is told once, and shown again as soon as it is one", async () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  expect(await (await GET()).text()).toBe(drawing);
  writeFileSync(file, "a page that says: log in first");
  expect([(await GET()).status, (await GET()).status]).toEqual([404, 404]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: "warning", event: "logo.unreadable", why: "is no picture." }),
  ]);
  unlinkSync(file);
  expect((await GET()).status).toBe(404);
  writeFileSync(file, drawing);
  expect((await GET()).headers.get("content-type")).toBe("image/svg+xml");
});
