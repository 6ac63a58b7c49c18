import * as z from "zod";
import { chosenPassword, typedPassword } from "@/lib/login/schema";

/** The token of a link, as its page sends it back. */
const link = z.string().max(1024);

/** There for password managers only. */
const username = z.string().max(320).optional();

export const changePasswordInput = z.strictObject({ username, current: typedPassword, password: chosenPassword });
export const welcomeInput = z.strictObject({ link, username, password: chosenPassword });
export const containInput = z.strictObject({ link });
