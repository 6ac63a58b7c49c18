import { minutes } from "@/lib/kernel/duration";

/** NIST SP 800-63B-4, 3.1.3: at least six digits, at most ten minutes. */
export const smsNumbers = { digits: 6, lifetime: minutes(5) } as const;
