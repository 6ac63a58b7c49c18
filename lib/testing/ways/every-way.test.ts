import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { everyWay } from "@/lib/testing/ways/every-way";
import { attacks, besieged, doors, isIn } from "@/lib/testing/ways/under-attack";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../../docs/security/ways-in.md");
const open = { SECOND_FACTOR: "off", TRUST_DEVICES: "14", REGISTRATION: "open" } as const;
const house = openHouse({ ...sendingSettings, ...open });

/** The tables as the house let them be played, by the part of the document that each is. */
const played = new Map<string, string>();

test("every way to a session is walked, and stands in the hand-written table under the same words", async () => {
  const page = readFileSync(place, "utf8");
  const rows: string[][] = [];
  for (const [words, walk] of everyWay) {
    const { amr, aal, isKnown } = await walk(house);
    rows.push([words, amr.map((one) => `\`${one}\``).join(", "), `AAL${aal}`, isKnown ? "yes" : "no"]);
    expect(page).toContain(`| ${words} |`);
  }
  played.set("every way", markdownTable(["way", "the session says", "level", "a browser becomes known"], rows));
});

test("an owner has four doors open, whatever strangers do", async () => {
  const rows: string[][] = [];
  for (const [words, strike] of attacks) {
    const cells: string[] = [];
    for (const [, enter] of doors) {
      const owner = await besieged(house);
      await strike(owner);
      cells.push(await enter(owner));
    }
    rows.push([words, ...cells]);
    const [device, letter, another, anew, none] = cells;
    expect([words, device, letter, another]).toEqual([words, isIn, isIn, isIn]);
    expect([words, anew]).toEqual([words, expect.stringMatching(/^in$|^a new password/)]);
    expect([words, none]).toEqual([words, "no"]);
  }
  played.set("four doors", markdownTable(["strangers", ...doors.map(([words]) => words)], rows));
});

test("docs/security/ways-in.md says just that", async () => {
  const page = [...played].reduce((text, [part, table]) => withPart(text, part, table), readFileSync(place, "utf8"));
  expect(played.size).toBe(2);
  await expect(page).toMatchFileSnapshot(place);
});
