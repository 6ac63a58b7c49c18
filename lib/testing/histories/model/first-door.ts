import {
  consumeWaiting,
  consumeWindow,
  heldUp,
  isFull,
  newWaiting,
  newWindow,
  opensIn,
  refundWaiting,
  type Window,
} from "@/lib/testing/histories/model/counters";
import { type Between, claim, isOpen, nothing, openChallenge } from "@/lib/testing/histories/model/enter";
import { tell, tellGathered } from "@/lib/testing/histories/model/letters";
import { browserAt, isDemandedThrough, isLiveDevice, isTrusted, personAt } from "@/lib/testing/histories/model/people";
import { claimReset } from "@/lib/testing/histories/model/resets";
import { numbers, strangersPassword, type WindowRule, windows } from "@/lib/testing/histories/model/rules";
import { type Said, said } from "@/lib/testing/histories/model/said";
import { networkOf, sendFirst, windowIn } from "@/lib/testing/histories/model/sends";
import type { Browser, Device, Person, State } from "@/lib/testing/histories/model/state";

type Knock = { readonly browser: number; readonly person: number | null; readonly password: number };

/** Name and password. A try of the known device's own window, or of its network's, is consumed; one of the counter; then the password is judged. */
export function logIn(state: State, { browser: at, ...knock }: Knock, between: Between): Said {
  return knockAt(state, browserAt(state, at), knock, between);
}

/** The same from any browser, also from one that is not among those of the history. */
export function knockAt(
  state: State,
  browser: Browser,
  { person: who, password }: Omit<Knock, "browser">,
  between: Between = nothing,
): Said {
  const person = who === null ? state.nobody : personAt(state, who);
  const device = browser.devices.find((one) => isLiveDevice(one, person, state.now)) ?? null;
  const door = device ? [deviceWindow(device)] : addressWindows(state, browser.ip);
  const refusal = consumeAll(state, door);
  if (refusal) return refusal;
  const isStranger = device === null || isFull(device.passwords, windows.deviceTries, state.now);
  if (device && isStranger) forget(state, device, person);
  if (!isStranger) consumeWindow(device.passwords, windows.deviceTries, state.now);
  else {
    const held = heldUp(person.strangers, strangersPassword, state.now);
    if (held !== 0) return said("wait", { waits: Number(held) });
    consumeWaiting(person.strangers, strangersPassword, state.now);
  }
  const address = isStranger && device ? addressWindows(state, browser.ip) : door;
  if (isStranger && device) {
    const full = consumeAll(state, address);
    if (full) {
      refundWaiting(person.strangers);
      return full;
    }
  }
  const isUsable = consumeAccountTry(person, isStranger ? numbers.strangersInRow : numbers.allInRow);
  between("before it is judged");
  if (who !== null && isUsable.isUsable && person.password === password)
    return passed(state, { browser, person, device: isStranger ? null : device, address }, between);
  if (isUsable.closes) tell(state, person, "factor.closed");
  if (isStranger && person.strangers.until > state.now) tellGathered(state, person, "password.waits");
  return said("wrong");
}

export type Counted = { readonly window: Window; readonly rule: WindowRule };

export const deviceWindow = ({ logins }: Device): Counted => ({ window: logins, rule: windows.deviceLogins });

export function addressWindows(state: State, ip: string): Counted[] {
  const near = windowIn(state.near, ip);
  const wide = windowIn(state.wide, networkOf(ip));
  return [
    { window: near, rule: windows.near },
    { window: wide, rule: windows.wide },
  ];
}

/** All of them, or none. */
export function consumeAll(state: State, asked: readonly Counted[]): Said | null {
  const full = asked.find(({ window, rule }) => isFull(window, rule, state.now));
  if (full) return said("wait", { waits: opensIn(full.window, full.rule, state.now) });
  for (const { window, rule } of asked) consumeWindow(window, rule, state.now);
  return null;
}

/** A known device that has used up its own tries is one no longer, and its owner is told. */
export function forget(state: State, device: Device, person: Person): void {
  if (device.isForgotten) return;
  device.isForgotten = true;
  tell(state, person, "device.forgotten");
}

/** Failures in a row, whoever typed them: at its cap a counter is judged no more, right or wrong. */
export function consumeAccountTry(person: Person, cap: number): { isUsable: boolean; closes: boolean } {
  if (person.wrongInRow >= cap) return { isUsable: false, closes: false };
  person.wrongInRow += 1;
  const closes = person.wrongInRow === numbers.strangersInRow || person.wrongInRow === numbers.allInRow;
  return { isUsable: true, closes };
}

type Passed = {
  readonly browser: Browser;
  readonly person: Person;
  readonly device: Device | null;
  readonly address: readonly Counted[];
};

function passed(state: State, { browser, person, device, address }: Passed, between: Between): Said {
  person.wrongInRow = 0;
  if (device) device.passwords = newWindow();
  else person.strangers = newWaiting();
  const { app } = browser;
  const byTrust = device !== null && person.factors.length > 0 && isTrusted(device, person, state.now);
  const given = claimReset(state, browser, person);
  const proven = person.factors.length > 0 ? given : null;
  const isThrough = byTrust || proven !== null;
  const next = isThrough
    ? "in"
    : person.factors.length > 0
      ? "answer"
      : isDemandedThrough(state, person, app)
        ? "enrol"
        : "in";
  if (device === null) refund(state, person, address);
  const network = next === "in" || device !== null ? null : networkOf(browser.ip);
  const challenge = openChallenge(state, person, { purpose: "LOGIN", session: null, device, network, app });
  if (next === "in") return claim(state, { browser, person, challenge, kind: proven ?? "password", byTrust }, between);
  browser.challenge = challenge;
  if (app !== null) return said(next); // nothing is sent before the app asks for it
  if (next !== "answer" || person.factors.every(({ to }) => to === null)) return said(next);
  between("before its code is sent");
  if (!isOpen(state, person, challenge)) return said("over"); // the account has moved meanwhile
  sendFirst(state, challenge);
  return said(next);
}

/** Whoever passed the first door has the one try back that it cost their address; ten times in five minutes. */
export function refund(state: State, person: Person, address: readonly Counted[]): void {
  if (isFull(person.refunded, windows.refunded, state.now)) return;
  consumeWindow(person.refunded, windows.refunded, state.now);
  for (const { window } of address) window.count = Math.max(window.count - 1, 0);
}
