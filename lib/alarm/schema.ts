import { z } from "zod";

export const containInput = z.strictObject({ link: z.string().max(1024) });
