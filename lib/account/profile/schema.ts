import * as z from "zod";

const text = z
  .string()
  .max(4096)
  .refine((typed) => !typed.includes("\0"));

export const profileInput = z.strictObject({ name: text, nickname: text, photo: text });
export const usernameInput = z.strictObject({ username: text });
