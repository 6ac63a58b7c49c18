import type { Locator, Page } from "@playwright/test";
import { create } from "qrcode";
import { accountScreen } from "@/e2e/screens/account";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { expect, test } from "@/e2e/support/fixtures";

/** What a camera sees: which pixels of a picture are dark, row by row, at one screen pixel for one CSS pixel. */
async function darkPixels(page: Page, picture: Locator): Promise<boolean[][]> {
  const png = (await picture.screenshot()).toString("base64");
  const blank = await page.context().newPage();
  const rows = await blank.evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas?.drawImage(bitmap, 0, 0);
    const pixels = canvas?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => (pixels[4 * (y * width + x)] ?? 255) < 128),
    );
  }, png);
  await blank.close();
  return rows;
}

const longest = `${"g".repeat(64)}@${"h".repeat(60)}.${"i".repeat(60)}.example.test`;

for (const [name, width, email] of [
  ["on a desk", 1280, undefined],
  ["on a phone", 360, undefined],
  ["of the longest address, on a phone", 360, longest],
] as const) {
  test(`the picture ${name} shows every module in three whole pixels at least, and carries the link`, async ({
    page,
    guest,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await guest(email === undefined ? {} : { email });
    await accountScreen(page).does.open();
    await accountScreen(page).does.addApp();
    const enrolment = enrolmentScreen(page);
    await enrolment.sees.qr();
    const seen = await darkPixels(page, page.getByRole("img", { name: /QR/ }));
    const { data, size } = create((await enrolment.does.readLink()) ?? "", { errorCorrectionLevel: "M" }).modules;
    const top = seen.findIndex((row) => row.includes(true)); // three corners of a symbol are dark
    const left = Math.min(...seen.map((row) => row.indexOf(true)).filter((place) => place >= 0));
    const pixels = (seen.findLastIndex((row) => row.includes(true)) + 1 - top) / size;
    expect(Number.isInteger(pixels) && pixels >= 3, `${pixels} pixels a module`).toBe(true);
    const wrong = seen.flatMap((row, y) =>
      row.filter((isDark, x) => {
        const [column, line] = [Math.floor((x - left) / pixels), Math.floor((y - top) / pixels)];
        const isInside = column >= 0 && line >= 0 && column < size && line < size;
        return isDark !== (isInside && data[line * size + column] === 1);
      }),
    );
    expect(wrong.length, "pixels that are not their module's").toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
}
