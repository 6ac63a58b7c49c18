import { findAlarm } from "@/lib/account/store";
import { findWayBack, type WayBack } from "@/lib/account/way-back";
import type { Ctx } from "@/lib/context/context";
import { maskEmail } from "@/lib/kernel/mask";
import { type AlarmKind, alarmHash, alarmOfPurpose, alarmPurposes } from "@/lib/links/alarm-link";
import { findAnyLink } from "@/lib/links/store";

/** What an alarm's page shows. `moved`: the password was changed or taken away since, and nothing was bound that opens the account without it. `used`: its button was pressed. `over`: expired, ended by a completed reset, foreign or no link at all. */
export type AlarmView =
  | {
      readonly state: "open";
      readonly kind: AlarmKind;
      /** The account, masked: a mail may be forwarded. */
      readonly who: string;
      readonly at: Date;
      readonly ip: string | null;
      readonly agent: string | null;
      /** What a press would lead to. */
      readonly wayBack: WayBack;
    }
  | { readonly state: "moved" | "used" | "over" };

/** What is behind a link of a letter. A GET asks this, however often: nothing is spent and nothing written. */
export async function readAlarm(ctx: Ctx, token: unknown): Promise<AlarmView> {
  const hash = alarmHash(token);
  const alarm = hash === null ? null : await findAlarm(ctx, hash);
  const kind = alarm ? alarmOfPurpose(alarm.purpose) : null;
  if (!alarm || kind === null) return { state: (await wasUsed(ctx, hash)) ? "used" : "over" };
  if (!alarm.isCurrent) return { state: "moved" };
  const { email, at, ip, agent } = alarm;
  return { state: "open", kind, who: maskEmail(email), at, ip, agent, wayBack: await findWayBack(ctx, alarm) };
}

/** Was the button behind this link pressed? */
async function wasUsed(ctx: Ctx, hash: string | null): Promise<boolean> {
  const link = hash === null ? null : await findAnyLink(ctx, hash, alarmPurposes);
  return link !== null && link.spentAt !== null;
}
