import { type Ceremony, getPasskey, offersInField } from "@/components/factors/passkey/browser";
import type { Refused } from "@/components/factors/passkey/refusals";
import { slimAnswer } from "@/components/factors/passkey/slim-answer";

/** Sooner, and while nobody has answered it, a challenge is as good as a new one. */
const freshFor = 20_000;

/**
 * The two dialogues of the first door, of which a browser has one at a time: one waits in the field of the name (conditional mediation), one is opened by the button. The button's ends the other; while
 * it is open nothing begins the other anew, because a person who reads a QR code with a phone, and comes back to the window, must not end it. In: what sends an answer. Out: `open`, when the page is
 * there or the portal has answered; `renew`, which begins the one in the field anew where it is time; `press`, which says why there was nothing to send (`aborted`: the page ended it, or one was open) or
 * null; `end`.
 */
export function signInDialogues(send: (answer: string) => void) {
  let state: "idle" | "asking" | "sent" | "over" = "over";
  let isRenewing = false;
  const [offer, browser] = [offers(), oneAtATime()];
  async function ask(options: string, isQuiet: boolean): Promise<Refused | null> {
    const ceremony = await browser.ask(options, isQuiet);
    if (ceremony.kind !== "done") return ceremony.kind;
    state = "sent";
    offer.spend();
    send(slimAnswer(ceremony.json));
    return null;
  }
  async function renew(): Promise<void> {
    if (state !== "idle" || isRenewing || (browser.isWaiting() && offer.isFresh())) return;
    isRenewing = true;
    const options = (await offersInField()) ? await offer.take() : null;
    isRenewing = false;
    if (state === "idle" && options !== null) ask(options, true);
  }
  async function press(): Promise<Refused | null> {
    if (state !== "idle") return "aborted";
    state = "asking";
    const options = await offer.take();
    if (state !== "asking") return "aborted";
    const outcome = options === null ? "cancelled" : await ask(options, false);
    if (state === "asking") open();
    return outcome;
  }
  function open() {
    state = "idle";
    renew();
  }
  function end() {
    state = "over";
    browser.end();
  }
  return { open, renew, press, end };
}

/** The browser's dialogue: a new one ends the one before. */
function oneAtATime() {
  let waiting: AbortController | null = null;
  const end = () => {
    waiting?.abort();
    waiting = null;
  };
  return {
    end,
    isWaiting: () => waiting !== null,
    async ask(options: string, isQuiet: boolean): Promise<Ceremony> {
      end();
      const own = new AbortController();
      waiting = own;
      const ceremony = await getPasskey(options, { isQuiet, signal: own.signal });
      if (own.signal.aborted) return { kind: "aborted" };
      waiting = null;
      return ceremony;
    },
  };
}

/** Options of the portal's: one question at a time, and none while the last answer is fresh and unspent. Without a cookie two at once would be given two, and one challenge would be dead. */
function offers() {
  let last: { readonly at: number; readonly options: Promise<string | null> } | null = null;
  const isFresh = () => last !== null && performance.now() - last.at < freshFor;
  async function ask(): Promise<string | null> {
    const options = await freshOptions();
    last = options === null ? null : { at: performance.now(), options: Promise.resolve(options) };
    return options;
  }
  return {
    isFresh,
    take(): Promise<string | null> {
      if (last === null || !isFresh()) last = { at: Number.POSITIVE_INFINITY, options: ask() };
      return last.options;
    },
    spend() {
      last = null;
    },
  };
}

/** Null: no answer came. */
async function freshOptions(): Promise<string | null> {
  try {
    const response = await fetch("/login/passkey");
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
