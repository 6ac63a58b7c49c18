import { expect, test } from "vitest";
import type { Carry, Channel, MailMessage, Outcome, SmsMessage } from "@/lib/delivery/channel";
import { guarded } from "@/lib/delivery/guarded";
import { systemClock } from "@/lib/kernel/clock";

/** A mail in two alphabets, with a code that must not turn up in any reason. */
export const aMail: MailMessage = {
  to: "grace@example.test",
  subject: "您的验证码 – your code",
  text: "Your code is 48151623. 您的验证码是 48151623。\nA line.",
  html: '<!doctype html><p style="color:#123456">Your code is <b>48151623</b>. 您的验证码。</p>',
};

/** A text message, with the line that binds its code to an origin. */
export const aText: SmsMessage = {
  to: "+447400123456",
  text: "481516 is your code. 您的验证码。\n@example.test #481516",
};

/** The channel as the house uses it, around a bare way. */
export const channelOf = <M>(carry: Carry<M>): Channel<M> =>
  guarded({ fingerprint: "of a test", carry, clock: systemClock });

/** The reason of an outcome that is not "sent". */
export const reasonOf = (outcome: Outcome): string => (outcome.kind === "sent" ? "" : outcome.reason);

/** No reason may hold anything of these, whatever a provider echoes. */
export function expectDiscreet(outcome: Outcome, secrets: readonly string[] = []): void {
  const private_ = [aMail.to, aText.to, aText.to.slice(1), "481516", "grace@", ...secrets];
  for (const word of private_) expect(reasonOf(outcome)).not.toContain(word);
}

type Hanging<M> = { readonly channel: Channel<M>; readonly message: M; readonly hang: () => void };

/** A provider that takes the connection and then says nothing: after five seconds the caller is free again. The three more are a busy machine's. */
export function hangs<M>(given: () => Promise<Hanging<M>>): void {
  test("a provider that hangs is left after five seconds", async () => {
    const { channel, message, hang } = await given();
    hang();
    const begun = performance.now();
    const outcome = await channel.send(message, "letter-hangs");
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(outcome.kind).toBe("later");
    expectDiscreet(outcome);
  });
}
