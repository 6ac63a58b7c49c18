import type { FactsOf } from "@/lib/letters/facts";
import { circumstances, type Desk, type Draft, lookButton, sentence } from "@/lib/letters/texts/draft";

export function recoveryGenerated(facts: FactsOf["recovery.generated"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.recovery_generated_title"),
    pieces: [
      sentence(say("letters.recovery_generated", { count: facts.count })),
      circumstances(facts, desk),
      sentence(say("letters.not_you", { brand })),
      lookButton(desk),
    ],
    short: say("letters.recovery_generated_short", { brand }),
  };
}

export function recoveryAdded(facts: FactsOf["recovery.added"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.recovery_added_title"),
    pieces: [
      sentence(say("letters.recovery_added", { left: facts.left })),
      circumstances(facts, desk),
      sentence(say("letters.not_you", { brand })),
      lookButton(desk),
    ],
    short: say("letters.recovery_added_short", { brand }),
  };
}

export function recoveryUsed(facts: FactsOf["recovery.used"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.recovery_used_title"),
    pieces: [
      sentence(say("letters.recovery_used", { left: facts.left })),
      circumstances(facts, desk),
      sentence(say("letters.not_you", { brand })),
      lookButton(desk),
    ],
    short: say("letters.recovery_used_short", { brand }),
  };
}

export function passwordChanged(facts: FactsOf["password.changed"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.password_changed_title"),
    pieces: [
      sentence(say("letters.password_changed")),
      circumstances(facts, desk),
      sentence(say("letters.password_changed_warning", { brand })),
      lookButton(desk),
    ],
    short: say("letters.password_changed_short", { brand }),
  };
}

/** To somebody who was invited and is in now: nothing was taken from them, so nothing alarms. */
export function accountJoined(facts: FactsOf["account.joined"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.account_joined_title", { brand }),
    pieces: [
      sentence(say("letters.account_joined")),
      circumstances(facts, desk),
      sentence(say("letters.account_joined_not_you", { brand })),
      lookButton(desk),
    ],
    short: say("letters.account_joined_short", { brand }),
  };
}

export function passwordWaits(facts: FactsOf["password.waits"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.password_waits_title"),
    pieces: [sentence(say("letters.password_waits")), circumstances(facts, desk), lookButton(desk)],
    short: say("letters.password_waits_short", { brand }),
  };
}

export function emailChanged(facts: FactsOf["email.changed"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.email_changed_title"),
    pieces: [
      sentence(say("letters.email_changed")),
      circumstances(facts, desk, [{ label: say("letters.email_label"), value: facts.email }]),
      sentence(say("letters.email_changed_warning", { brand })),
      lookButton(desk),
    ],
    short: say("letters.email_changed_short", { brand }),
  };
}

export function phoneChanged(facts: FactsOf["phone.changed"], desk: Desk): Draft {
  const { say, brand } = desk;
  const number = { label: say("letters.phone_label"), value: facts.phone || say("letters.no_phone_name") };
  return {
    subject: say("letters.phone_changed_title"),
    pieces: [
      sentence(say("letters.phone_changed")),
      circumstances(facts, desk, [number]),
      sentence(say("letters.phone_changed_warning", { brand })),
      lookButton(desk),
    ],
    short: say("letters.phone_changed_short", { brand }),
  };
}

export function deviceForgotten(facts: FactsOf["device.forgotten"], desk: Desk): Draft {
  const { say, brand } = desk;
  return {
    subject: say("letters.device_forgotten_title"),
    pieces: [
      sentence(say("letters.device_forgotten")),
      circumstances(facts, desk),
      sentence(say("letters.device_forgotten_next")),
      lookButton(desk),
    ],
    short: say("letters.device_forgotten_short", { brand }),
  };
}

/** To whoever tries whether letters arrive. */
export function channelTest(_: FactsOf["channel.test"], { say, brand }: Desk): Draft {
  return {
    subject: say("letters.channel_test_title", { brand }),
    pieces: [sentence(say("letters.channel_test", { brand }))],
    short: say("letters.channel_test_short", { brand }),
  };
}
