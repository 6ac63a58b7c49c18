import * as z from "zod";

export const codeInput = z.strictObject({ code: z.string().max(64) });
export const linkInput = z.strictObject({ link: z.string().max(1024) });
