import { isOpen } from "@/lib/testing/histories/model/enter";
import { isLiveDevice, isLiveSession, personAt } from "@/lib/testing/histories/model/people";
import { day, numbers } from "@/lib/testing/histories/model/rules";
import type { Act } from "@/lib/testing/histories/model/said";
import type { Browser, Device, State } from "@/lib/testing/histories/model/state";
import { mayMakeUnasked } from "@/lib/testing/histories/model/unasked";
import { waysOf } from "@/lib/testing/histories/model/ways";
import type { Move } from "@/lib/testing/histories/moves";
import { codeFor } from "@/lib/testing/histories/resolve/codes";
import { among, inside, onBrowser, type Scene } from "@/lib/testing/histories/resolve/scene";

/** A browser makes a passkey without a dialogue. A week must have passed for it, and a login on a browser of before: what is still missing is done first. */
export function unaskedOf({ state, nextName: as }: Scene, { how, pick, other }: Move): Act | null {
  const mays = state.browsers.filter(({ session }) => session && mayMakeUnasked(state, session));
  const browser = how === "any" ? inside(state, pick) : among(mays, pick);
  if (browser || how !== "may")
    return onBrowser(browser, (index) => ({ do: "makeUnasked", browser: index, as, isHere: how !== "elsewhere" }));
  return answerThere(state, pick, other) ?? comeBack(state, pick) ?? (pick % 2 === 0 ? letPass(state) : null);
}

const isWeekOld = ({ now }: State, { since }: Device): boolean => since + numbers.settled <= now;

/** Devices of those who hold something, and had no such passkey yet. */
const hopeful = (state: State): { readonly browser: Browser; readonly device: Device }[] =>
  state.browsers.flatMap((browser) =>
    browser.devices.flatMap((device) => {
      const person = personAt(state, device.owner);
      const may = isLiveDevice(device, person, state.now) && !person.hadUnasked && person.factors.length > 0;
      return may ? [{ browser, device }] : [];
    }),
  );

function answerThere(state: State, pick: number, other: number): Act | null {
  const asked = hopeful(state).filter(({ browser: { challenge }, device }) => {
    const isLogin = challenge?.purpose === "LOGIN" && challenge.owner === device.owner && isWeekOld(state, device);
    return isLogin && isOpen(state, personAt(state, device.owner), challenge) && challenge.tries > 0;
  });
  const found = among(asked, pick);
  if (!found?.browser.challenge) return null;
  const { index: browser, challenge } = found.browser;
  const person = personAt(state, challenge.owner);
  const [kind] = waysOf(person, challenge);
  const code = kind && codeFor(state, { person, challenge, kind, how: "right", pick: other });
  return kind && code ? { do: "answer", browser, kind, code, trusts: false } : null;
}

function comeBack(state: State, pick: number): Act | null {
  const isOut = ({ browser: { session }, device }: ReturnType<typeof hopeful>[number]) =>
    isWeekOld(state, device) && !isLiveSession(state, session);
  const found = among(hopeful(state).filter(isOut), pick);
  if (!found) return null;
  const { index, password } = personAt(state, found.device.owner);
  return { do: "logIn", browser: found.browser.index, person: index, password };
}

const letPass = (state: State): Act | null =>
  hopeful(state).some(({ device }) => !isWeekOld(state, device)) ? { do: "wait", length: 8 * day } : null;
