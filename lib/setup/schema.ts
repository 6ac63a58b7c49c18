import * as z from "zod";
import { chosenPassword } from "@/lib/login/schema";

const clean = (text: string) => !text.includes("\0");

export const setupInput = z.strictObject({
  link: z.string().max(1024),
  email: z.string().trim().min(1).max(320).refine(clean),
  username: z.string().trim().max(64).refine(clean),
  password: chosenPassword,
});
