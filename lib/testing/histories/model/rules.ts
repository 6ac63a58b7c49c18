/**
 * The numbers of the rules, as the documents say them (docs/security, docs/notices.md). Written down a second time on purpose: a model that
 * read them from the house would agree with every fault in them.
 */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What follows the free failures: one try per wait, and the last wait for ever. */
export const waits = [30 * second, minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute, hour] as const;

/** Failures that cost no wait; the cap of failures in a row and of a binding's life (none: 0); whether one decays on a quiet day. */
export type WaitingRule = {
  readonly free: number;
  readonly inRow: number;
  readonly life: number;
  readonly decays: boolean;
};

export const strangersPassword: WaitingRule = { free: 4, inRow: 0, life: 0, decays: true };
export const guessable: WaitingRule = { free: 9, inRow: 100, life: 90, decays: false };
export const passwordAsProof: WaitingRule = { free: 9, inRow: 100, life: 0, decays: false };

export type WindowRule = { readonly limit: number; readonly length: number };

const per = (limit: number, length: number): WindowRule => ({ limit, length });

export const windows = {
  near: per(30, 5 * minute),
  wide: per(300, 5 * minute),
  refunded: per(10, 5 * minute),
  deviceLogins: per(30, 5 * minute),
  deviceTries: per(10, 30 * day),
  sessionPasswords: per(5, day),
  begins: per(20, hour),
  confirms: per(10, hour),
  sendGap: per(1, minute),
  sendStep: per(3, day),
  sendAccount: per(5, hour),
  sendAccountDay: per(10, day),
  sendBound: per(5, hour),
  sendBoundDay: per(10, day),
  sendClaimed: per(3, hour),
  sendClaimedDay: per(5, day),
  sendClaims: per(3, day),
  sendClaimedBy: per(1, day),
  sendBlock: per(10, day),
  sendNear: per(20, hour),
  sendWide: per(100, day),
  sendReserve: per(2, day),
  noticeSms: per(10, day),
  gathered: per(1, hour),
  bindableLogin: per(5, hour),
  bindableAccount: per(20, day),
  asks: per(10, day),
  forgotNear: per(20, 5 * minute),
  forgotWide: per(200, 5 * minute),
  resets: per(5, hour),
  resetReserve: per(2, day),
} as const;

export const numbers = {
  strangersInRow: 90,
  allInRow: 100,
  capOfBinding: 100,
  triesOfChallenge: 5,
  triesOfSession: 5,
  triesOfPending: 5,
  halfLogins: 20,
  challengeLife: 360 * second,
  enrollingLife: 10 * minute,
  signInLife: 5 * minute,
  sessionLife: day,
  sessionIdle: hour,
  sessionNoted: minute,
  sessions: 20,
  freshFor: 10 * minute,
  deviceLife: 30 * day,
  settled: 7 * day,
  changeWaits: day,
  deletionWaits: 7 * day,
  devices: 10,
  devicesAtBrowser: 5,
  trustLife: 3 * day,
  pendingLife: 10 * minute,
  appsPerPerson: 5,
  addressesPerPerson: 5,
  factorsPerPerson: 10,
  codesInSet: 10,
  step: 30 * second,
  drift: 10 * minute,
  smsLife: 5 * minute,
  mailLife: 10 * minute,
  wrongStepsTold: 3,
  resetLinkLife: 30 * minute,
  resetLinks: 5,
  resetChoose: 10 * minute,
  resetClaim: 10 * minute,
  toldAfterwards: 7 * day,
  sameBrowser: 90 * day,
  shortestAlone: 15,
  shortestWithFactor: 12,
} as const;
