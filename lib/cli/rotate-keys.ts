import { type Command, counted, type HouseCommand, inColumns, type Outcome } from "@/lib/cli/command";
import { withWords } from "@/lib/cli/interrupted";
import { showProgress } from "@/lib/cli/progress";
import type { Ctx } from "@/lib/context/context";
import { findKeyMistake } from "@/lib/crypto/canary";
import { keyring } from "@/lib/crypto/keyring";
import { type Front, listOtherFronts } from "@/lib/portals/store";
import { countKeys, countOthers, type KeyCount } from "@/lib/rotation/count-keys";
import { type Damaged, type Rotation, rotateKeys } from "@/lib/rotation/rotate-keys";

export const rotateKeysCommand: Command = {
  name: "rotate-keys",
  takes: [],
  flags: {
    check: {
      type: "boolean",
      shown: "",
      meaning: "only count; exit 1 while anything is or will be sealed under an older key",
    },
  },
  summary: "Seal everything anew under the first key of PORTAL_KEYS.",
  details:
    "1. Put a new key in front of PORTAL_KEYS and keep the old ones behind it. Where several portals share a database,\n   first append it behind everywhere and restart them one after the other, then move it to the front everywhere.\n2. Restart the portal (every instance).\n3. Run this while the portal runs. It can be interrupted and repeated.\n4. When --check exits 0, remove the old keys and restart.\nValues that no key opens are listed and left alone; a key that a living portal still has in front is kept.",
  run: (given) => (given.typed.flags.check === true ? check(given.ctx) : rotate(given)),
};

async function check(ctx: Ctx): Promise<Outcome> {
  const { primary } = keyring();
  const mistake = await findKeyMistake(ctx.db);
  if (mistake !== null) return { kind: "refused", id: "keys.unusable", text: mistake };
  const counts = await countKeys(ctx);
  const left = countOthers(counts, primary);
  const data = { primary, counts, left };
  const report = table(counts);
  const inFront = await listOtherFronts(ctx, primary);
  if (left === 0 && inFront.length === 0)
    return { kind: "done", data, text: `${report}\nEverything is sealed under "${primary}".` };
  if (left === 0) return { ...stillInFront(inFront, primary), data: { ...data, inFront }, report };
  const text = `Not yet sealed under "${primary}": ${counted(left, "value")}. Run: npm run portal -- rotate-keys`;
  return { kind: "refused", id: "keys.left", data, report, text };
}

const interrupted =
  "Interrupted: what was sealed anew stays so, the rest opens with the old key. Run it again to go on.";

async function rotate({ ctx, typed, terminal }: Parameters<HouseCommand["run"]>[0]): Promise<Outcome> {
  const { primary } = keyring();
  const progress = showProgress({ terminal, typed }, "Sealing anew");
  const result = await withWords(
    terminal,
    () => interrupted,
    () => rotateKeys(ctx, { by: "cli", onProgress: progress.at }),
  ).finally(progress.end);
  if (result.kind === "refused") return { kind: "refused", id: "keys.unusable", text: result.why };
  const { rotation } = result;
  const data = { primary, ...rotation };
  const report = reportOf(rotation, primary);
  if (rotation.damaged.length > 0)
    return { kind: "refused", id: "keys.damaged", data, report, text: damage(rotation.damaged) };
  if (rotation.inFront.length > 0) return { ...stillInFront(rotation.inFront, primary), data, report };
  if (rotation.left === 0) return { kind: "done", data, text: report };
  const text = `Not yet sealed under "${primary}": ${counted(rotation.left, "value")}, written meanwhile. Is every instance restarted? Then run this again.`;
  return { kind: "refused", id: "keys.left", data, report, text };
}

function reportOf({ rotated, counts, retired }: Rotation, primary: string): string {
  const lines = [table(counts), `Sealed anew under "${primary}": ${counted(rotated, "value")}.`];
  if (retired.length > 0) {
    lines.push(
      `Nothing depends on these keys any more: ${retired.join(", ")}. Remove them from PORTAL_KEYS and restart.`,
    );
  }
  return lines.join("\n");
}

/** Not over, also where nothing is left now: such a portal seals the next value with the other key. */
function stillInFront(inFront: readonly Front[], primary: string) {
  const who = inFront.map(({ portal, key }) => `${portal} has "${key}"`).join(", ");
  const text = `Not over: a living portal still seals with another key (${who} in front), so that key stays, and its check with it. Move "${primary}" to the front there, restart it, then run this again.`;
  return { kind: "refused", id: "keys.in_front", text } as const;
}

const shownAtMost = 20;

function damage(damaged: readonly Damaged[]): string {
  const lines = damaged
    .slice(0, shownAtMost)
    .map(({ column, id, userId }) => `  ${column}, row ${id}, person ${userId ?? "-"}`);
  const more = damaged.length > shownAtMost ? [`  and ${damaged.length - shownAtMost} more: --json lists all.`] : [];
  const what = `No key opens ${counted(damaged.length, "value")}; left alone. Restore from a backup, or reset or invite the person:`;
  return [what, ...lines, ...more].join("\n");
}

function table(counts: readonly KeyCount[]): string {
  if (counts.length === 0) return "Nothing is sealed yet.";
  return inColumns([
    ["WHAT", "KEY", "VALUES"],
    ...counts.map(({ column, key, rows }) => [column, key || "-", String(rows)]),
  ]);
}
