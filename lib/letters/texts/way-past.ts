import type { Desk } from "@/lib/letters/texts/draft";

/**
 * Where the way leads for somebody whose password is closed and who has no known device at hand: the one place that says so, for every
 * letter about it. At present that is whoever runs the portal; whom to write to stands at the letter's end.
 */
export const wayPastClosedPassword = ({ say, brand }: Desk): string => say("letters.password_closed_way", { brand });
