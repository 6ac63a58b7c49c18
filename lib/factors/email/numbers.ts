import { minutes } from "@/lib/kernel/duration";

/** Mail is slow, and read by more eyes: more digits for more time. */
export const emailNumbers = { digits: 8, lifetime: minutes(10) } as const;
