import { days, hours, minutes, seconds } from "@/lib/kernel/duration";

/** Every number about letters, each with its reason. */
export const letterRules = {
  lease: seconds(30), // far longer than a send (at most six seconds); by the database's clock, whatever those of two portals say
  atOnce: 10, // letters under way in one portal; each lends a connection for two short statements only
  poll: seconds(1), // finds what other portals and the command line wrote, and what has waited long enough
  settle: seconds(6), // what is under way when the portal stops may end; a send never takes longer
  tries: 8, // then the letter is parked and an operator is told
  triesWithoutText: 4, // of a letter that only a portal of another version can write: six minutes, longer than an exchange of portals
  waits: [seconds(5), seconds(15), minutes(1), minutes(5), minutes(15), hours(1), hours(3)], // between the tries: backoff
  life: days(7), // what could not leave for a week tells nobody anything in time
  lifeWhileOff: days(30), // of what nobody else knows: written while mail is off, it waits until that is on again
  keepParked: days(7), // how long a notice parked after its last try keeps its content, so that it can be sent after all
  tellAgain: minutes(1), // a database that is down is one line of the log a minute
} as const;
