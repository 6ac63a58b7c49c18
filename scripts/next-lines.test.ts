import { expect, test } from "vitest";
import { linesFor } from "@/scripts/next-lines.mjs";

test("the terminal of development shows one address: the portal's", () => {
  const said = [
    "▲ Next.js 16.4.5 (Turbopack)",
    "- Local:         http://127.0.0.1:4311",
    "\u001b[1m- Network:\u001b[22m       http://127.0.0.1:4311",
    "- Environments: .env",
    "✓ Ready in 2.2s",
    " GET /login 200 in 8.9s",
  ];
  const shown = said.flatMap((line) => linesFor(line, "http://localhost:4311"));
  expect(shown).toEqual([
    "▲ Next.js 16.4.5 (Turbopack)",
    "✓ Ready in 2.2s",
    "The portal answers here: http://localhost:4311",
    " GET /login 200 in 8.9s",
  ]);
});
