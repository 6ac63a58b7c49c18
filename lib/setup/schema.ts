import { z } from "zod";

const clean = (text: string) => !text.includes("\0");
/** What is wrong with it, its length too, is said by the rules for passwords. */
const password = z.string().min(1).refine(clean);
const token = z.string().max(1024);

export const setupInput = z.strictObject({
  link: token,
  email: z.string().trim().min(1).max(320).refine(clean),
  username: z.string().trim().max(64).refine(clean),
  password,
});

/** `username` is there for password managers only. */
export const welcomeInput = z.strictObject({ link: token, username: z.string().max(320).optional(), password });
