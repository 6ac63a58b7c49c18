import { days, hours, minutes, seconds } from "@/lib/kernel/duration";

/**
 * Every security number of the house, each with its reason, but for the limits that outlive a challenge (`throttle-rules.ts`; of those, only how many
 * wrong passwords in a row close an account stands here, with the rest about passwords) and for what is one kind of factor's own (`numbers.ts` of its folder).
 */
export const policy = {
  challenge: {
    lifetime: seconds(360), // what apps of this kind know as the life of an mfaToken
    enrolling: minutes(10), // once, from the moment on at which a factor is begun between the doors
    toldFor: minutes(10), // after its end a browser still names it, so that a page can say that its time was over
    satisfiedLifetime: seconds(60), // between the second door's yes and the session: one redirect in the same process
    perPerson: 20, // half logins among strangers; the oldest of the network that holds most goes
    judgedTries: 5, // with three live codes of a million, 1.5 · 10⁻⁵ per login
  },
  session: {
    lifetime: hours(24), // NIST SP 800-63B-4, 2.2.3: at most 24 hours at AAL2
    idle: hours(1), // the same: at most one hour
    touchEvery: minutes(1), // a read must not become a write at every request
    sharedIdle: minutes(15), // on a computer that others use too, whoever walks away
    clockSkew: minutes(5), // how far the clocks of several portals may disagree
    perPerson: 20, // oldest idle one leaves; half-finished logins never push one out
    stepUpTries: 5, // a thief of a session guesses five times, then it ends
    passwordTries: 5, // the same for the current password where it is exchanged; a step-up resets none of them
  },
  proof: { freshFor: minutes(10) }, // step-up window
  device: {
    lifetime: days(30),
    perPerson: 10,
    perBrowser: 5, // people who are known at one computer; its cookie stays under 450 characters
    turnLingers: seconds(30), // the token before the last, once the last was presented: a request that was under way, two windows at once
  },
  password: {
    minimumWithFactor: 12, // NIST asks 8 beside a second factor
    minimumAlone: 15, // NIST SP 800-63B-4, 3.1.1.2: 15 when it stands alone
    maximumBytes: 1024, // long enough for any passphrase, short enough to hash
    consecutiveFailures: 100, // NIST SP 800-63B-4, 3.2.2: over all
    strangersFailures: 90, // the ten that are left belong to the owner's known devices together: nobody else can use those up
    argon2: { memoryCost: 19_456, timeCost: 2, parallelism: 1 }, // OWASP password storage sheet: argon2id, 19 MiB, 2, 1
    waitingRoom: 64, // how many may queue for a hash before the answer is "later"
  },
  passwordKey: {
    bits: 2048, // NIST SP 800-131A: at least; the size that clients expect
    renewed: days(7),
    acceptedFor: days(21), // from its making, so at least two weeks after it was last handed out: programs keep the public key that they fetched once
  },
  enrolment: { lifetime: minutes(10), tries: 5 },
  signIn: { lifetime: minutes(5) }, // between a page that offers it and the answer of the browser's dialogue
  sentCode: {
    perPerson: 5,
    resendAfter: seconds(60), // from the last one on: most letters are there by then
    perChallenge: 3,
  },
  reveal: { lifetime: minutes(15) }, // long enough to find a pen or a printer
  labels: { longest: 64, factorsPerPerson: 10 },
  link: {
    setup: hours(24),
    invitation: hours(24),
    registration: hours(24),
    alarm: hours(72), // over a weekend somebody still finds the letter in time
    reset: minutes(30),
  },
  reset: {
    liveLinks: 5, // somebody who asks for more letters must not void the one that its owner is just opening
    openings: 3, // challenges of one link: five wrong codes cost none of it, and fifteen are the end of it
    chooseWithin: minutes(10), // from the right second factor to the new password
    claimWithin: minutes(10), // from the new password to the login that need not give the factor again
    codeLifetime: minutes(10), // of eight digits by mail, for an app's own page
    codeDigits: 8,
    recentFactors: days(30), // those bound since then are shown: a thief's may be among them
    later: seconds(1), // the letter is written when the answer is long out, so that its time tells nothing
  },
  unlock: {
    letter: minutes(10),
    open: minutes(10), // from the link or the code on, in the browser where it was given
    codeDigits: 8,
    codeTries: 5, // of a hundred million
  },
  contact: {
    furtherPerPerson: 5, // notice addresses beside the login e-mail: each is a letter more for whatever happens
    tries: 5, // typed codes for one address that is to be proven
    revertible: hours(72), // a changed login e-mail: over a weekend somebody still finds the letter in the old mailbox
    toldAfterwards: days(7), // an address that is theirs no more: who takes one away must not silence it with that
  },
  profile: { longestName: 64, photoBytes: 1024 },
  notice: {
    wrongSteps: 3, // wrong second steps after the right password, before its owner is told
    sameBrowser: days(90), // a browser that was not seen for longer counts as new
  },
  retention: {
    every: minutes(10), // how often the portal sweeps
    challenges: hours(1), // after their end, so that "expired" and "never was" read the same a little longer
    counters: days(1), // of addresses and of names that nobody has
    sentLetters: days(7), // without a word of what they said: to see that and when they left
    parkedLetters: days(30), // the same, to see what somebody was not told
    endedChanges: days(30), // what waited and is over: for its page, and for an operator who looks
  },
  requests: {
    bodyBytes: 65_536,
    oddLines: { most: 10, every: minutes(1) }, // of requests that no page of ours sends, for each kind of line
    brokenLogo: { most: 1, every: hours(1) }, // each page asks for it
    // rows about refused access, and of what strangers are refused that is nobody's: 60 a minute of a kind are 35 million in the 400 days (EVENTS_KEEP) that they are kept, some 16 GB, whoever floods us
    refusals: { most: 60, every: minutes(1) },
    refusalsPerAddress: { most: 5, every: minutes(1) }, // so that one address alone cannot hide the others
  },
} as const;
