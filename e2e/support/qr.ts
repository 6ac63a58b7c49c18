import type { Page } from "@playwright/test";
import { create } from "qrcode";
import { ensure } from "@/lib/kernel/assert";

/** The modules of the drawn symbol as rows of 0 and 1, read back from its path. */
function drawnModules(path: string, side: number): string[] {
  const rows = Array.from({ length: side }, () => Array<string>(side).fill("0"));
  for (const [, x = "", y = "", width = ""] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let place = 0; place < Number(width); place += 1) {
      const row = rows[Number(y)];
      ensure(row && row[Number(x) + place] === "0", "a bar lies inside the symbol and on no other bar");
      row[Number(x) + place] = "1";
    }
  }
  return rows.map((row) => row.join(""));
}

/**
 * The text of the symbol on the page, found by drawing the link that stands beside it: a symbol is a function of its
 * text (ISO/IEC 18004), so equal modules mean equal texts. Throws when the picture carries anything else.
 */
export async function readQr(page: Page): Promise<string> {
  const picture = page.getByRole("img", { name: /QR|二维码/ });
  const path = (await picture.locator("path").getAttribute("d")) ?? "";
  const side = Number((await picture.getAttribute("viewBox"))?.split(" ")[2]);
  const text = (await page.locator('a[href^="otpauth:"]').getAttribute("href")) ?? "";
  const { data, size } = create(text, { errorCorrectionLevel: "M" }).modules;
  const quiet = (side - size) / 2;
  ensure(quiet === 4, "four modules of white stand around the symbol");
  const expected = Array.from({ length: size }, (_, y) => [...data.subarray(y * size, (y + 1) * size)].join(""));
  const seen = drawnModules(path, side).slice(quiet, quiet + size);
  ensure(
    seen.every((row, y) => row.slice(quiet, quiet + size) === expected[y]),
    "the symbol is the one of the link",
  );
  return text;
}
