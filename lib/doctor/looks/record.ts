import { inWords } from "@/lib/audit/seals/findings";
import { readRemembered } from "@/lib/audit/seals/newest-seal";
import { type Verified, verifyEvents } from "@/lib/audit/seals/verify-events";
import { withPatientClient } from "@/lib/backup/patient-client";
import { areIndexKeysHeld } from "@/lib/crypto/index-keys";
import { rawOn } from "@/lib/db/raw";
import { type Finding, fault, warning } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { countLiving } from "@/lib/doctor/store";
import { doctorRules } from "@/lib/policy/doctor-rules";

/** Whether the newest part of the record is as it was recorded, and still being sealed. All of it is read by `audit verify` alone. */
export const lookAtRecord: Look<Opened> = async ({ config, database: { ctx, directUrl } }) => {
  if (!areIndexKeysHeld()) return [];
  const kept = await readRemembered(config.dataDir);
  const remembered = kept === null || kept === "unreadable" ? [] : [kept];
  const isPortalLiving = (await countLiving(ctx)) > 0;
  const verified = await withPatientClient(directUrl, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return verifyEvents(rawOn(client), { now: ctx.now, remembered, isPortalLiving, lately: doctorRules.record });
  });
  return [...lookAtTampering(verified), ...lookAtSealing(verified), ...(kept === "unreadable" ? [unreadable] : [])];
};

const unreadable = fault(
  "record.unreadable",
  "The file newest-seal in DATA_DIR cannot be read: it was changed or cut off, so nobody would notice if the newest part of the record were gone.",
  "Delete the file, once the end of the record was compared with a seal that stands elsewhere (the lines seals.made of the log): npm run portal -- audit verify --newest SEAL",
);

function lookAtTampering({ findings, more }: Verified): Finding[] {
  const [first, ...others] = findings.filter(({ kind }) => kind !== "sealing.stopped");
  if (first === undefined) return [];
  const rest = others.length + more === 0 ? "" : ` And ${others.length + more} more.`;
  return [
    fault(
      "record.changed",
      `Somebody who is no portal wrote to the record of events. ${inWords(first)}${rest}`,
      "Do what docs/nights/changed-record.md says. It begins with: npm run portal -- audit verify",
    ),
  ];
}

function lookAtSealing({ findings }: Verified): Finding[] {
  const stopped = findings.find(({ kind }) => kind === "sealing.stopped");
  if (stopped === undefined) return [];
  return [
    warning(
      "record.unsealed",
      `${inWords(stopped)} Until they have one, whoever writes to the database can take them out unseen.`,
      "See who holds a transaction open that has written events (pg_stat_activity, with state and xact_start) and end it; then look for seals.failed in the log of each portal.",
    ),
  ];
}
