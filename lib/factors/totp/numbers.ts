import { minutes, seconds } from "@/lib/kernel/duration";

/** What an authenticator app is made with. How often somebody may guess stands in `lib/policy/throttle-rules.ts`. */
export const totpNumbers = {
  period: seconds(30),
  digits: 6,
  secretBytes: 20, // RFC 4226, section 4, R6: 160 bits
  perPerson: 5,
  driftAtEnrolment: minutes(10), // how wrong a phone's clock may be for us to say so
} as const;
