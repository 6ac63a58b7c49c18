import * as z from "zod";

/** A code that somebody is waiting for, and for how many minutes it is good. */
export const codeFacts = { code: z.string().regex(/^\d{4,12}$/), minutes: z.number() };

export const sampleCode = { code: "48291375", minutes: 10 };

/**
 * The last line by which a phone offers the code on this portal's pages and nowhere else (WICG, Origin-bound one-time codes delivered
 * via SMS, section 3). It knows hosts, not ports.
 */
export const originBound = (appUrl: string, code: string) => `@${new URL(appUrl).hostname} #${code}`;
