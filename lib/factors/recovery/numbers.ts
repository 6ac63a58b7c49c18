export const recoveryNumbers = {
  codes: 10,
  bytes: 10,
  lowWater: 3, // 80 bits each; NIST SP 800-63B-4, 4.2.1.1 asks 64
  handedOutBytes: 14, // the one that apps hand out: 112 bits, in the groups of four that they know
} as const;
