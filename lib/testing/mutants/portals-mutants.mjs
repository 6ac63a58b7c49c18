// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults around several portals on one database, and keys that are exchanged under them. */
export const portalsMutants = [
  {
    name: "a portal is judged against its own row of before",
    file: "lib/portals/store.ts",
    changes: [["AND p.id IS DISTINCT FROM ${self}::text", "AND ${self}::text IS DISTINCT FROM ''"]],
    test: "lib/portals/portals.test.ts",
    only: "or is itself",
  },
  {
    name: "whoever has a copy of a living portal's folder takes it for its own run of before",
    file: "lib/portals/portal-id.ts",
    changes: [['mark !== "" && mark === (await markOf(dataDir, system))', 'mark !== ""']],
    test: "lib/portals/portals.test.ts",
    only: "out of a copy of the folder of one that lives",
  },
  {
    name: "where no boot is told, every machine is this one",
    file: "lib/portals/portal-id.ts",
    changes: [[".catch(hostname)", '.catch(() => "")']],
    test: "lib/portals/portals.test.ts",
    only: "nor one of a machine of another name",
  },
  {
    name: "a start with other keys leaves its canary before it looks whether it opens anything",
    file: "lib/serve/boot-house.ts",
    changes: [["?? shut ?? checkKeyring(db)", "?? (await checkKeyring(db)) ?? shut"]],
    test: "lib/serve/boot-house.test.ts",
    only: "wherever the first was cut off",
  },
  {
    name: "index keys are made before anybody has left a canary",
    file: "lib/crypto/begin-with-keys.ts",
    changes: [["if ((await listKeyChecks(db)).length === 0) await checkKeyring(db, ring);", ""]],
    test: "lib/serve/boot-house.test.ts",
    only: "of one name",
  },
  {
    name: "a portal that was killed lives for ever",
    file: "lib/portals/store.ts",
    changes: [["FROM portals p WHERE ${isLiving} AND p.id IS", "FROM portals p WHERE p.id IS"]],
    test: "lib/portals/portals.test.ts",
    only: "for twenty seconds after its last beat",
  },
  {
    name: "only the key in front here is looked for there",
    file: "lib/portals/clash.ts",
    changes: [["return ours.includes(theirFront) ? null :", "return true ? null :"]],
    test: "lib/portals/clash.test.ts",
    only: "so is the reverse",
  },
  {
    name: "a rotation forgets the key that a living portal seals with",
    file: "lib/rotation/store.ts",
    changes: [[" OR ${isInFront})", ")"]],
    test: "lib/rotation/index-key.test.ts",
    only: "keeps its check",
  },
  {
    name: "names hang on the key in front again",
    file: "lib/crypto/index-keys.ts",
    changes: [
      ['textOf(stored.get(use) ?? "", use, ring)', 'ring.derive(ring.primary, use)?.toString("base64url") ?? null'],
    ],
    test: "lib/crypto/index-keys.test.ts",
    only: "has one counter all through a roll",
  },
  {
    name: "a second portal voids the link that the first one has printed",
    file: "lib/setup/issue-setup-link.ts",
    changes: [["if (kept !== null) return", "if (kept === undefined) return"]],
    test: "lib/setup/offer-setup-link.test.ts",
    only: "keeps the link of the first",
  },
];
