import type { Window } from "@/lib/testing/histories/model/counters";
import { isLiveSession } from "@/lib/testing/histories/model/people";
import { numbers, windows } from "@/lib/testing/histories/model/rules";
import type { Browser, Person, State } from "@/lib/testing/histories/model/state";

/** The moments ahead at which something ends, the nearest first: where a rule is off by one, it is off there. */
export function deadlines(state: State): number[] {
  const all = [
    ...state.people.flatMap(deadlinesOfPerson),
    ...[...state.browsers, ...state.clients].flatMap((browser) => deadlinesOfBrowser(state, browser)),
    ...state.sent.slice(-3).map(({ until }) => until),
    ...state.signIns.slice(-2).map(({ at }) => at + numbers.signInLife),
  ];
  return [...new Set(all)].filter((moment) => moment > state.now).sort((one, other) => one - other);
}

const endOf = (window: Window, { length }: { readonly length: number }) =>
  window.count > 0 ? [window.from + length] : [];

const deadlinesOfPerson = (person: Person): number[] => [
  person.strangers.until,
  ...Object.values(person.tries).map(({ until }) => until),
  ...endOf(person.begins, windows.begins),
  ...endOf(person.confirms, windows.confirms),
  ...endOf(person.refunded, windows.refunded),
  ...person.changes.flatMap(({ dueAt }) => dueAt ?? []),
  person.passwordAt + numbers.settled,
  ...Object.values(person.gathered).flatMap(({ window }) => endOf(window, windows.gathered)),
];

function deadlinesOfBrowser(state: State, { ip, challenge, session, devices }: Browser): number[] {
  return [
    ...(challenge?.reset ? [challenge.reset.until] : []),
    ...(challenge?.link ? [challenge.link.until] : []),
    ...(challenge ? [challenge.until, ...challenge.pending.map(({ until }) => until)] : []),
    ...(challenge ? Object.values(challenge.stepSends).flatMap(({ gap }) => endOf(gap, windows.sendGap)) : []),
    ...(isLiveSession(state, session)
      ? [
          session.until,
          session.seenAt + numbers.sessionIdle,
          session.provenAt + numbers.freshFor,
          ...session.pending.map(({ until }) => until),
        ]
      : []),
    ...devices.flatMap((device) => [
      device.until,
      ...(device.trustedAt === null ? [] : [device.trustedAt + numbers.trustLife]),
      ...endOf(device.logins, windows.deviceLogins),
      ...endOf(device.passwords, windows.deviceTries),
    ]),
    ...endOf(state.near[ip] ?? { from: 0, count: 0 }, windows.near),
  ];
}
