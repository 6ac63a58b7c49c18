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
      [
        'unseal(stored.get(use) ?? "", indexKeySealedFor(use), ring)',
        'ring.derive(ring.primary, use)?.toString("base64url") ?? null',
      ],
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
