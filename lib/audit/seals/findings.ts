/**
 * What is wrong with the record. An event: changed, or written by nobody who has the key, or where none can be; events of a seal: fewer, more, or others than it says; a seal:
 * changed, or gone from between others; the beginning: cut off, or said to be, by nobody who may; the newest: gone, though this machine remembers it; what it remembers: nothing that can be read; the numbers of events: given again; sealing: not done while a portal lives.
 */
export type Finding =
  | {
      readonly kind: "event.changed" | "event.unsigned" | "event.astray";
      readonly id: string;
      readonly at: string;
      readonly name: string;
    }
  | {
      readonly kind: "events.missing" | "events.added" | "events.exchanged";
      readonly seal: string;
      readonly count: number;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind:
        | "seal.changed"
        | "seal.missing"
        | "beginning.missing"
        | "beginning.forged"
        | "newest.missing"
        | "numbers.set_back";
      readonly seal: string;
    }
  | { readonly kind: "newest.unreadable" }
  | { readonly kind: "sealing.stopped"; readonly since: string };

/** A finding as a sentence for the operator. */
export function inWords(finding: Finding): string {
  switch (finding.kind) {
    case "event.changed":
      return `Event ${finding.id} (${finding.name}, ${finding.at}) does not say what was recorded: it was changed, or another number given to it.`;
    case "event.unsigned":
      return `Event ${finding.id} (${finding.name}, ${finding.at}) was written by nobody who has the key: an older version of the portal, or by hand.`;
    case "event.astray":
      return `Event ${finding.id} (${finding.name}, ${finding.at}) stands under a number that it cannot have: it was never given, or what stood there was swept long ago.`;
    case "events.missing":
      return `${finding.count} of the events of seal ${finding.seal} (${finding.from} to ${finding.to}) are gone.`;
    case "events.added":
      return `${finding.count} more events than were sealed stand under seal ${finding.seal} (${finding.from} to ${finding.to}).`;
    case "events.exchanged":
      return `The events of seal ${finding.seal} (${finding.from} to ${finding.to}) are not those that were sealed.`;
    case "seal.changed":
      return `Seal ${finding.seal} was changed, or made by nobody who has the key.`;
    case "seal.missing":
      return `Seal ${finding.seal} is gone.`;
    case "beginning.missing":
      return `Everything before seal ${finding.seal} is gone, and no portal swept it.`;
    case "beginning.forged":
      return `Seal ${finding.seal} says that everything up to it was swept, and no portal said so.`;
    case "newest.missing":
      return `Seal ${finding.seal} is gone, with everything after it, or is another one now: the newest part of the record was cut off, or the database set back by something else than a restore.`;
    case "newest.unreadable":
      return "What this machine remembers as the newest seal cannot be read: the file was changed or cut off, so nobody knows whether the newest part of the record is there.";
    case "numbers.set_back":
      return `Numbers are given to events again that were given before seal ${finding.seal}: they come to stand where nothing is sealed any more.`;
    case "sealing.stopped":
      return `Events since ${finding.since} have no seal, though a portal is running.`;
  }
}
