import { consumeWindow, countIn, isFull, newWindow } from "@/lib/testing/histories/model/counters";
import { numbers, windows } from "@/lib/testing/histories/model/rules";
import type { Factor, Letter, Person, State } from "@/lib/testing/histories/model/state";

/** Changes that are told by mail alone: everything protects as before. */
const byMailOnly = ["device.forgotten", "change.stopped", "change.refused"];

/** One letter to every confirmed address of a person, those that went within a week among them, and `gone`: a factor that goes with this very change. */
export function tell(state: State, person: Person, kind: string, gone: readonly Factor[] = []): void {
  if (person === state.nobody) return;
  const addresses: Omit<Letter, "kind">[] = [{ channel: "mail", to: person.email }];
  const former = person.former.filter(({ until }) => until > state.now);
  for (const { kind: of, to } of [...person.factors, ...former, ...gone])
    if (to !== null) addresses.push({ channel: of === "sms" ? "sms" : "mail", to });
  const once = addresses.filter((one, at) => addresses.findIndex((other) => other.to === one.to) === at);
  for (const address of once) {
    if (address.channel === "sms" && (byMailOnly.includes(kind) || !consumeNotice(state, person))) continue;
    state.letters.push({ kind, ...address });
  }
}

/** A factor went: where it is an address, that hears of what happens for a week more. */
export function remember(state: State, person: Person, { kind, to }: Factor): void {
  if (to !== null) person.former.push({ kind, to, until: state.now + numbers.toldAfterwards });
}

/** Ten notices a day by text message; the same by mail always leaves. */
function consumeNotice(state: State, { noticeSms }: Person): boolean {
  if (isFull(noticeSms, windows.noticeSms, state.now)) return false;
  consumeWindow(noticeSms, windows.noticeSms, state.now);
  return true;
}

/** A notice at the account's own address: the first leaves at once, what comes again within the hour is one digest that counts. */
export function tellGathered(state: State, person: Person, kind: string): void {
  if (person === state.nobody) return;
  person.gathered[kind] ??= { window: newWindow(), digest: null };
  const one = person.gathered[kind];
  if (countIn(one.window, windows.gathered, state.now) === 0) {
    consumeWindow(one.window, windows.gathered, state.now);
    one.digest = null;
    state.letters.push({ kind, channel: "mail", to: person.email });
  } else if (one.digest) one.digest.repeats += 1;
  else {
    one.digest = { about: kind, repeats: 0 };
    person.digests.push(one.digest);
    state.letters.push({ kind: "digest", channel: "mail", to: person.email });
  }
}
