import * as z from "zod";
import { chosenPassword } from "@/lib/login/schema";

const id = z.string().regex(/^[\w-]{22}$/);

export const vetoInput = z.strictObject({ changeId: id });

/** The token of a link, as its page sends it back. */
export const vetoLinkInput = z.strictObject({ link: z.string().max(1024) });

/** `username`: there for password managers only. */
export const setPasswordInput = z.strictObject({
  username: z.string().max(320).optional(),
  password: chosenPassword,
});

export const noInput = z.strictObject({});
