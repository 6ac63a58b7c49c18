import { create } from "qrcode";

/** Whole pixels for each module, or a screen that shows one pixel for one blurs them: about so many in all, and never fewer than three each. */
const usualSide = 208;
const leastPixels = 3;

/** ISO/IEC 18004, 5.3.8: four modules of white around the symbol, in dark themes too. */
const quietZone = 4;

/**
 * A QR symbol drawn on the server as one path. Takes the text and the words for those who cannot see it. No script, no
 * image request, no markup from a string: the text is a secret and leaves only inside this page.
 */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + 2 * quietZone;
  const pixels = side * Math.max(leastPixels, Math.round(usualSide / side));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      width={pixels}
      height={pixels}
      shapeRendering="crispEdges"
      className="shrink-0 bg-scan-paper outline outline-line forced-color-adjust-none"
    >
      <path d={outline(modules.data, modules.size)} className="fill-scan-ink" />
    </svg>
  );
}

/** The dark modules, row by row; neighbours become one bar. */
function outline(dark: Uint8Array, size: number): string {
  let path = "";
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const start = x;
      while (x < size && dark[y * size + x] === 1) x += 1;
      if (x > start) path += `M${start + quietZone} ${y + quietZone}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}
