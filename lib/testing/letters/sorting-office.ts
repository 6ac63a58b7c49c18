import type { Channel, MailMessage, Outcome, SmsMessage } from "@/lib/delivery/channel";
import type { WaysOut } from "@/lib/letters/carry-letter";

/** A message as it reached a provider that keeps the contract of channels. */
export type Arrived = { readonly to: string; readonly key: string; readonly text: string; readonly at: number };

type Answer = (message: { readonly to: string; readonly text: string }, key: string) => Promise<Outcome> | Outcome;

/** A provider of both channels for tests: remembers what arrived, in order, and answers as it is told. */
export function sortingOffice(answer: Answer = () => ({ kind: "sent" })) {
  const arrived: Arrived[] = [];
  const underWay = { now: 0, most: 0 };
  const send = async (message: MailMessage | SmsMessage, key: string): Promise<Outcome> => {
    arrived.push({ to: message.to, key, text: message.text, at: performance.now() });
    underWay.now += 1;
    underWay.most = Math.max(underWay.most, underWay.now);
    try {
      return await answer(message, key);
    } finally {
      underWay.now -= 1;
    }
  };
  const mail: Channel<MailMessage> = { fingerprint: "test", send };
  const sms: Channel<SmsMessage> = { fingerprint: "test", send };
  const ways: WaysOut = { mail: () => mail, sms: () => sms };
  return { ways, arrived, underWay };
}

/** A provider that takes so many a second: who comes sooner waits for their turn. */
export function paced(perSecond: number, then: Answer = () => ({ kind: "sent" })): Answer {
  let next = 0;
  return async (message, key) => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + 1000 / perSecond;
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
    return then(message, key);
  };
}
