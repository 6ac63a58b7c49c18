// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

const there = "lib/backup/there-and-back.test.ts";
const after = "lib/backup/after-restore.test.ts";
const sealed = "lib/crypto/sealed-file.test.ts";

/** Faults of backups and restores. */
export const backupMutants = [
  {
    name: "recovery codes outlive a restore",
    file: "lib/backup/after-restore.ts",
    changes: [["const codesVoided = await voidEverySet(tx);", "const codesVoided = 1;"]],
    test: after,
    only: "whoever has a recovery code",
  },
  {
    name: "a trusted browser outlives a restore",
    file: "lib/backup/after-restore.ts",
    changes: [["  await forgetEveryDevice(tx);\n", ""]],
    test: after,
    only: "whoever has a browser that was trusted",
  },
  {
    name: "what waited goes on waiting after a restore",
    file: "lib/backup/after-restore.ts",
    changes: [["const refused = await refuseAfterRestore(tx);", "const refused = 1;"]],
    test: after,
    only: "what waited is refused",
  },
  {
    name: "a code of an app is good twice, with a restore between",
    file: "lib/backup/after-restore.ts",
    changes: [["  await spendPresentSteps(tx);\n", ""]],
    test: after,
    only: "a code of an app that is right",
  },
  {
    name: "after a restore browsers drop passkeys that were bound since the backup",
    file: "lib/factors/passkey/store.ts",
    changes: [["SELECT NOT EXISTS (SELECT FROM restores WHERE vouched_at IS NULL) AS knows", "SELECT true AS knows"]],
    test: "lib/factors/passkey/accepted.test.ts",
    only: "whatever keeps somebody's passkeys",
  },
  {
    name: "a backup has its name before it is read back",
    file: "lib/backup/write-file.ts",
    changes: [
      ["    await readBack?.(draft);\n", ""],
      ["    await syncFolder(dirname(path));\n", "    await syncFolder(dirname(path));\n    await readBack?.(path);\n"],
    ],
    test: "lib/backup/run-backup.test.ts",
    only: "what cannot be read back never has a name",
  },
  {
    name: "a restore overwrites a full house",
    file: "lib/backup/empty-house.ts",
    changes: [["if (await isInhabited(client, ours))", "if (ours.length < 0)"]],
    test: there,
    only: "into a full house",
  },
  {
    name: "a restore does not see who lives on the database",
    file: "lib/backup/empty-house.ts",
    changes: [['if (ours.includes("portals")) await refuseLiving(tx);', ""]],
    test: there,
    only: "beside a living portal",
  },
  {
    name: "another key of the same name is believed",
    file: "lib/crypto/sealed-file.ts",
    changes: [["if (!sameText(check, checkOf(ring, keyId, salt)))", "if (check === salt)"]],
    test: there,
    only: "with keys that do not open it",
  },
  {
    name: "a file may end before its last frame",
    file: "lib/crypto/sealed-file.ts",
    changes: [['if (size.length < 4) throw refuse("cut");', "if (size.length < 4) return;"]],
    test: sealed,
    only: "frames that were left out",
  },
  {
    name: "frames may change places",
    file: "lib/crypto/sealed-file.ts",
    changes: [["nonce.writeBigUInt64BE(count, 4);", "nonce.writeBigUInt64BE(count - count, 4);"]],
    test: sealed,
    only: "frames that were left out",
  },
  {
    name: "every portal makes the backup",
    file: "lib/turns/store.ts",
    changes: [["\n    WHERE turns.taken_at IS NULL OR turns.taken_at <= ${earlier(ctx.now, every)}::timestamptz", ""]],
    test: "lib/serve/backup-schedule.test.ts",
    only: "of three portals that look at once",
  },
];
