import { create } from "qrcode";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Qr } from "@/components/factors/totp/qr";

const uri = "otpauth://totp/Sallyport:grace%40example.test?secret=JBSWY3DPEHPK3PXP&issuer=Sallyport";
const drawn = renderToStaticMarkup(<Qr text={uri} label="QR code with the secret key" />);

test("Grace's camera finds every dark module where it belongs, with four modules of white around", () => {
  const { modules } = create(uri, { errorCorrectionLevel: "M" });
  expect(drawn).toContain(`viewBox="0 0 ${modules.size + 8} ${modules.size + 8}"`);
  expect(modulesOf(drawn, modules.size)).toEqual([...modules.data].map((module) => module === 1));
});

test("Grace's screen reader hears what the picture is, and the secret is nowhere in the markup as text", () => {
  expect(drawn).toContain('role="img" aria-label="QR code with the secret key"');
  expect(drawn).not.toContain("JBSWY3DPEHPK3PXP");
});

test.each([20, 120, 300, 450])("text of %i letters is drawn in whole pixels, three at least for a module", (length) => {
  const svg = renderToStaticMarkup(<Qr text={"x".repeat(length)} label="QR code" />);
  const [, width = "", side = ""] =
    /width="(\d+)".*viewBox="0 0 (\d+)/.exec(svg.replace(/(viewBox="[^"]*") (width="\d+")/, "$2 $1")) ?? [];
  expect(Number(width) % Number(side)).toBe(0);
  expect(Number(width) / Number(side)).toBeGreaterThanOrEqual(3);
});

/** Reads the path back: `M x y h width v1 …` are bars of one row each. */
function modulesOf(svg: string, size: number): boolean[] {
  const dark = new Array<boolean>(size * size).fill(false);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let step = 0; step < Number(width); step += 1) dark[(Number(y) - 4) * size + Number(x) - 4 + step] = true;
  }
  return dark;
}
