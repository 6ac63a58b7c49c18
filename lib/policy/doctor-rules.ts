import { days, hours, minutes, seconds } from "@/lib/kernel/duration";

const mega = 1024 * 1024;

/** From where on `portal doctor` calls something wrong, each number with its reason. */
export const doctorRules = {
  connect: seconds(5), // a database that takes longer to let somebody in lets nobody in
  ask: seconds(8), // the public address: a proxy waits this long for a portal that is slow
  ticket: minutes(5), // how far the clocks of this machine and of the portal that it asks may be apart
  disk: { full: 200 * mega, low: 1024 * mega }, // below the first one a portal calls itself not ready
  memory: 200 * mega, // a start takes as much
  letters: { late: minutes(15), parked: days(1) }, // the longest of the first five waits between two tries; what somebody looks back on in the morning
  backupLate: hours(2), // beyond its hour: one try an hour is made, and the second one should have worked
  backupRoom: 2, // times the newest one: the next is written before the oldest goes
  changeLate: minutes(10), // a change whose hour has come is done within seconds
  record: 20_000, // events whose HMACs are made again: some tenths of a second
  placesOld: days(90), // networks move: whoever makes such files makes a new one at least every month
  sweepLate: days(2), // a sweep goes round every ten minutes; more than this behind is no long queue
  spare: 3, // connections that the server should have left for a command, a backup and the operator
} as const;
