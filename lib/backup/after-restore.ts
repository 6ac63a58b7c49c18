import { dropEveryProof } from "@/lib/account/restore/store";
import { type Changed, listChangedSince } from "@/lib/audit/changed/store";
import { recordEvent } from "@/lib/audit/record-event";
import { insertRestore } from "@/lib/backup/store";
import { tellEverybody } from "@/lib/backup/tell-everybody";
import { dropEveryChallenge } from "@/lib/challenge/restore/store";
import type { RawCtx } from "@/lib/context/context";
import { dropEveryEnrolment, dropEverySentCode, voidEverySet } from "@/lib/factors/restore/store";
import { spendPresentSteps } from "@/lib/factors/totp/restore/store";
import { earlier } from "@/lib/kernel/duration";
import { dropUnsentLetters } from "@/lib/letters/restore/store";
import { dropOpenLinks } from "@/lib/links/restore/store";
import { backupRules } from "@/lib/policy/backup-rules";
import { endEverySession, forgetEveryDevice } from "@/lib/sessions/restore/store";
import { dropEveryUnlock } from "@/lib/unlocks/restore/store";
import { voidEverybody } from "@/lib/users/restore/store";
import { refuseAfterRestore } from "@/lib/waiting/refuse-after-restore";

/** `to`: when the backup was made; `version`: that made it; `newPasswords`: all of them are closed. */
export type SetBack = { readonly to: Date; readonly version: string; readonly newPasswords: boolean };

/** What a restore came to, for the operator. */
export type Aftermath = {
  readonly people: number;
  /** Whose recovery codes are void. */
  readonly codesVoided: number;
  /** Whose invitation is void: they need another. */
  readonly invited: readonly string[];
  /** Changes that waited, and are refused. */
  readonly refused: number;
  /** Letters to everybody that were written. */
  readonly told: number;
  /** Who was changed in the thirty days before the backup. */
  readonly changed: readonly Changed[];
};

/**
 * What a restore must not bring back: whatever somebody ended, spent or forgot since the backup would live again. So every stamp rises; sessions, half logins,
 * devices with what trusts them, codes, open links and unsent letters go, recovery codes are void, and what waits is refused. Everybody is told. In the
 * transaction of the rows; SQL only.
 */
export async function settleAfterRestore(tx: RawCtx, { to, version, newPasswords }: SetBack): Promise<Aftermath> {
  const people = await voidEverybody(tx, { to, closing: newPasswords });
  await endEverySession(tx);
  await dropEveryChallenge(tx);
  await forgetEveryDevice(tx);
  await dropEverySentCode(tx);
  await spendPresentSteps(tx);
  await dropEveryEnrolment(tx);
  await dropEveryProof(tx);
  await dropEveryUnlock(tx);
  const codesVoided = await voidEverySet(tx);
  const invited = await dropOpenLinks(tx);
  await dropUnsentLetters(tx);
  const refused = await refuseAfterRestore(tx);
  const changed = await listChangedSince(tx, earlier(to, backupRules.changed));
  const told = await tellEverybody(tx, { to, newPasswords });
  await insertRestore(tx, { to, version });
  await recordEvent(tx, {
    name: "portal.restored",
    subjectId: null,
    meta: { by: "cli", to: to.toISOString(), accounts: people, closed: newPasswords },
  });
  return { people, codesVoided, invited, refused, told, changed };
}
