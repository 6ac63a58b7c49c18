import type { FactsOf } from "@/lib/letters/facts";
import { wayOut } from "@/lib/letters/texts/alarms";
import { circumstances, type Desk, type Draft, sentence } from "@/lib/letters/texts/draft";

/** The subjects of what comes so often that it is gathered. */
const gathered = {
  "device.new": "letters.device_new_title",
  "second_step.wrong": "letters.second_step_wrong_title",
  "password.waits": "letters.password_waits_title",
  "factor.closed": "letters.factor_closed_title",
} as const;

const isGathered = (about: string): about is keyof typeof gathered => Object.hasOwn(gathered, about);

/** One letter for everything of a kind that came after the first: the waiting letter was counted up each time. */
export function digest(facts: FactsOf["digest"], desk: Desk): Draft {
  const { say, brand, repeats } = desk;
  const { about, link } = facts;
  const what = isGathered(about) ? say(gathered[about]) : say("letters.something_title");
  return {
    subject: say("letters.digest_title", { what }),
    pieces: [
      sentence(say("letters.digest", { count: repeats + 1 })),
      circumstances(facts, desk),
      ...wayOut(link, desk),
    ],
    short: say("letters.digest_short", { brand }),
  };
}
