/**
 * Arithmetic for the operator's accent colour, after WCAG 2.2 (1.4.3 Contrast, relative luminance). Colours are
 * `#rrggbb` in lower case.
 */

const white = "#ffffff";

/** The darkest ground that text in the accent colour stands on, in the dark theme. */
export const darkGround = "#16181d";

/** Text needs this much (WCAG 2.2 AA). */
const readable = 4.5;

/** `#RGB` or `#RRGGBB` → `#rrggbb`; null when it is no colour. */
export function readColour(text: string): string | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short) return `#${[short[1], short[2], short[3]].map((digit) => `${digit}${digit}`).join("")}`.toLowerCase();
  return /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** May white text stand on it, and it on white? What fails here cannot be a button of the portal. */
export function isReadableOnWhite(colour: string): boolean {
  return contrast(colour, white) >= readable;
}

/** The accent for the dark theme: as little of white mixed in as makes it readable on the dark ground. */
export function accentOnDark(colour: string): string {
  for (let share = 0; share < 100; share += 2) {
    const lighter = mix(colour, share / 100);
    if (contrast(lighter, darkGround) >= readable) return lighter;
  }
  return white;
}

function mix(colour: string, share: number): string {
  return `#${channels(colour)
    .map((value) => Math.round(value + (255 - value) * share))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
