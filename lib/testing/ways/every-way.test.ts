import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { everyWay } from "@/lib/testing/ways/every-way";
import { attacks, besieged, doors, isIn } from "@/lib/testing/ways/under-attack";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const place = join(import.meta.dirname, "../../../docs/security/ways-in.md");
const open = { SECOND_FACTOR: "off", TRUST_DEVICES: "14", REGISTRATION: "open" } as const;
const kinds = { SECOND_FACTOR_KINDS: "passkey,totp,sms,email" } as const;
const house = openHouse({ ...sendingSettings, ...open, ...kinds });

/** The rows of the tables, as the house let them be played. */
const wayRows: string[][] = [];
const besiegedRows: string[][] = [];

test.each(everyWay)(
  "%s leads to a session, and stands in the hand-written table under these words",
  async (words, walk) => {
    const { amr, aal, isKnown } = await walk(house);
    wayRows.push([words, amr.map((one) => `\`${one}\``).join(", "), `AAL${aal}`, isKnown ? "yes" : "no"]);
    expect(readFileSync(place, "utf8")).toContain(`| ${words} |`);
  },
);

describe("an owner has five doors open while strangers", () => {
  test.each(attacks)("%s", async (words, strike) => {
    const cells: string[] = [];
    for (const [, enter] of doors) {
      const owner = await besieged(house);
      await strike(owner);
      cells.push(await enter(owner));
    }
    besiegedRows.push([words, ...cells]);
    const [device, letter, another, anew, passkey, none] = cells;
    expect([device, letter, another]).toEqual([isIn, isIn, isIn]);
    expect(anew).toMatch(/^in$|^a new password/);
    expect(passkey).toMatch(/^in$|^in when the network has room$/);
    expect(none).toBe("no");
  });
});

test("docs/security/ways-in.md says just that", async () => {
  const walked = markdownTable(["way", "the session says", "level", "a browser becomes known"], wayRows);
  const played = markdownTable(["strangers", ...doors.map(([words]) => words)], besiegedRows);
  const page = withPart(withPart(readFileSync(place, "utf8"), "every way", walked), "five doors", played);
  expect([wayRows.length, besiegedRows.length]).toEqual([everyWay.length, attacks.length]);
  await expect(page).toMatchFileSnapshot(place);
});
