import type { KeyNames, Portal } from "@/lib/portals/portal";

/** Two who cannot read each other: which portal, by which list, and what stands in front that one of the two does not have. */
export type Clash = {
  readonly portal: string;
  readonly list: keyof typeof lists;
  /** Who lacks it: the living portal, or whoever asks. */
  readonly lacking: "theirs" | "ours";
  /** The key's name; a secret has none. */
  readonly front: string;
  /** Of a command: that portal is the only one, and a restart is all that it needs to fit. */
  readonly isOneToRestart?: boolean;
};

const lists = {
  keys: {
    read: ({ keyIds }: KeyNames) => keyIds,
    setting: "PORTAL_KEYS",
    called: (front: string) => `the key "${front}"`,
    order: "append the new key behind everywhere → move it to the front everywhere → rotate-keys → remove the old one",
    orderOfOne: "restart this portal first, with the settings that are here → rotate-keys → remove the old one",
  },
  secrets: {
    read: ({ secretIds }: KeyNames) => secretIds,
    setting: "AUTH_SECRET",
    called: () => "the secret",
    order: "append the new secret behind everywhere → move it to the front everywhere → remove the old one a day later",
    orderOfOne: "restart this portal first, with the settings that are here → remove the old one a day later",
  },
} as const;

/**
 * The first living portal that could not open what `ours` seals or signs, or that seals or signs with what `ours` does not open; null where
 * all can read each other. What stands in front is what is written with; an empty list is not known and accuses nobody.
 */
export function findClash(ours: KeyNames, living: readonly Portal[]): Clash | null {
  for (const their of living) {
    for (const list of ["keys", "secrets"] as const) {
      const { read } = lists[list];
      const found = missingFront(read(ours), read(their));
      if (found !== null) return { portal: their.name, list, ...found };
    }
  }
  return null;
}

function missingFront(ours: readonly string[], theirs: readonly string[]): Pick<Clash, "lacking" | "front"> | null {
  const [ourFront, theirFront] = [ours[0], theirs[0]];
  if (ourFront === undefined || theirFront === undefined) return null;
  if (!theirs.includes(ourFront)) return { lacking: "theirs", front: ourFront };
  return ours.includes(theirFront) ? null : { lacking: "ours", front: theirFront };
}

/**
 * The same for a command. Where one portal is the whole house, nothing has to be known to others first (docs/operate.md, "Changing the keys"):
 * it was not restarted since the change, and once it is it opens with the settings here what it has written so far.
 */
export function findClashOfCommand(ours: KeyNames, living: readonly Portal[]): Clash | null {
  const clash = findClash(ours, living);
  const [only, another] = living;
  if (clash === null || only === undefined || another !== undefined) return clash;
  const { read } = lists[clash.list];
  const [theirFront = ""] = read(only);
  return { ...clash, isOneToRestart: clash.lacking === "theirs" && read(ours).includes(theirFront) };
}

/** What does not fit, for the operator: half a sentence. */
export function clashInWords({ portal, list, lacking, front }: Clash): string {
  const { setting, called } = lists[list];
  return lacking === "theirs"
    ? `The portal ${portal} is alive and does not know ${called(front)} that stands in front of ${setting} here`
    : `The portal ${portal} is alive and has ${called(front)} in front, which ${setting} does not name here`;
}

/** The same with the order in which keys are exchanged: while several portals run, or with one. */
export function refusalOf(clash: Clash): string {
  const { order, orderOfOne } = lists[clash.list];
  return `${clashInWords(clash)}; the order is: ${clash.isOneToRestart === true ? orderOfOne : order}.`;
}
