import * as z from "zod";

/** Who asked for a new password, and when: every letter about it says so. */
export const askedFacts = { at: z.iso.datetime(), ip: z.string(), agent: z.string() };

/** The same of a letter to look at. */
export const sampleAsked = {
  at: "2030-01-07T09:00:00.000Z",
  ip: "203.0.113.7",
  agent: "Mozilla/5.0 Firefox/147.0",
};
