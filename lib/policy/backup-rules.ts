import { days, hours, minutes, seconds } from "@/lib/kernel/duration";

/** Every number about backups, each with its reason. */
export const backupRules = {
  look: minutes(1), // how often a portal asks whether a backup is due
  again: hours(1), // after one that was begun and not made: a full disk is not emptied in a minute
  toldAgain: days(1), // a disk that stays full is one letter a day
  settle: seconds(2), // a portal that stops waits so long for the one under way to end
  noted: days(400), // as long as the events
  changed: days(30), // whom a restore names: who may remember today what is undone
  forgotten: days(1), // a half-written file of a process that was killed
  letters: 500, // written with one statement
} as const;
