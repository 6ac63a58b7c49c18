import { ownKinds } from "@/lib/letters/kinds/own-kinds";
import type { LetterKinds } from "@/lib/letters/letter-kind";
import { backupFailed } from "@/lib/notices/kinds/backup-failed";
import { budgetSpent } from "@/lib/notices/kinds/budget-spent";
import { digest } from "@/lib/notices/kinds/digest";
import { portalRestored } from "@/lib/notices/kinds/portal-restored";
import { recordChanged } from "@/lib/notices/kinds/record-changed";
import type { Notice } from "@/lib/notices/notice";
import { noticeOf } from "@/lib/notices/which-notice";

/** Notices that no single event of somebody's account writes: one counts others, one a day's budget, and what happens to the whole house. */
const summaries: readonly Notice[] = [digest, budgetSpent, portalRestored, backupFailed, recordChanged];

const caused = Object.values(noticeOf).flatMap((consequence): readonly Notice[] => {
  if ("tells" in consequence) return [...consequence.tells, ...("first" in consequence ? consequence.first : [])];
  return "gathers" in consequence ? [consequence.gathers] : [];
});

/** Every notice there is: what the table of events names, and those. */
export const notices: ReadonlyMap<string, Notice> = new Map([...caused, ...summaries].map((one) => [one.kind, one]));

/** Every kind of letter that an outbox worker carries. */
export const letterKinds: LetterKinds = { ...ownKinds, ...Object.fromEntries(notices) };
