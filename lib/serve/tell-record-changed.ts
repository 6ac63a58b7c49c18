import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction, type RawCtx } from "@/lib/context/context";
import { logLine } from "@/lib/kernel/log";
import { recordChanged } from "@/lib/notices/kinds/record-changed";
import { tellAdministrators } from "@/lib/notices/tell-administrators";
import { auditRules } from "@/lib/policy/audit-rules";
import { claimTurn } from "@/lib/turns/store";

/**
 * What does not fit. `cut`: the newest seal that this machine has seen is gone; `forged`: a seal was made or changed by hand; `set_back`: numbers are given again that
 * `seal` has sealed; `unsound`: so many events that were just sealed, the first of them, say what nobody recorded; `astray`: one stands under a number that was given to none.
 */
export type Wrong =
  | { readonly kind: "cut" | "forged" | "set_back"; readonly seal: bigint }
  | { readonly kind: "unsound" | "astray"; readonly first: bigint; readonly events: number };

/**
 * Somebody wrote to the record who is no portal: an alarm in the log, an event, and a letter to every administrator, once for each seal, and once a day for events.
 * `by`: the name of the portal that noticed.
 */
export async function tellRecordChanged(ctx: Ctx, wrong: Wrong, by: string): Promise<void> {
  const line = `seals.${wrong.kind}`;
  if ("seal" in wrong) logLine("alarm", line, { seal: String(wrong.seal) });
  else logLine("alarm", line, { events: wrong.events, first: String(wrong.first) });
  await inTransaction(ctx, async (tx) => {
    const how = "seal" in wrong ? "cut" : "forged";
    const about = "seal" in wrong ? `${wrong.kind} ${wrong.seal}` : "events";
    const isNews = await claimTurn(tx, `record.told ${about}`, auditRules.letters[how]);
    await recordWrong(tx, wrong, by);
    const facts = { at: tx.now.toISOString(), how, line };
    if (isNews) await tellAdministrators(tx, { exceptId: null, notice: recordChanged, facts });
  });
}

const recordWrong = (tx: RawCtx, wrong: Wrong, by: string): Promise<void> =>
  "seal" in wrong
    ? recordEvent(tx, { name: "events.cut", subjectId: null, meta: { seal: String(wrong.seal), by } })
    : recordEvent(tx, {
        name: "events.forged",
        subjectId: null,
        meta: { first: String(wrong.first), events: wrong.events, by },
      });
