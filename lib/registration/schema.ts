import * as z from "zod";
import { chosenPassword, line } from "@/lib/login/schema";

export const askInput = z.strictObject({ email: line });

/** `link`: the token, as its page sends it back. `username` is there for password managers only. */
export const registerInput = z.strictObject({
  link: z.string().max(1024),
  username: z.string().max(320).optional(),
  password: chosenPassword,
});
