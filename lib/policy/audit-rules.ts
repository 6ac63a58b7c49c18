import { days, hours, minutes, seconds } from "@/lib/kernel/duration";

/** Every number about the seals of events, each with its reason. */
export const auditRules = {
  sealEvery: minutes(1), // what is not sealed yet can be taken out unseen
  turn: seconds(50), // of several portals one seals; shorter than a look, whose hour is never exact
  stretch: 5_000, // events under one seal: what is held in memory at once
  ask: seconds(0.1), // whether those who were writing events have ended
  patience: seconds(5), // a transaction that hangs is waited for by the next minute
  adopting: days(1), // from the first seal on, portals of an older version may still write: as long as a roll may take
  day: days(1), // before the clock says that a year is over, it has agreed with the record for so long
  week: days(7), // in which a house whose people rest has recorded something
  apart: hours(1), // how far the clocks of two portals can be apart, and more
  stopped: minutes(15), // events without a seal for longer, while a portal lives: something is wrong with the sealing
  findings: 100, // told one by one; beyond that they are counted
  walk: 100, // seals that are read at once to see which are old: most minutes look at one
  page: 10_000, // rows that are read at once to verify
  toldAgain: { most: 1, every: hours(1) }, // what is wrong stays wrong
  letters: { cut: days(365), forged: days(1) }, // a cut is told once; whoever can insert an event a minute must not write a letter a minute
} as const;
