import * as z from "zod";
import { chosenPassword, line } from "@/lib/login/schema";

export const forgotInput = z.strictObject({ identifier: line });

/** The token of a link, as its page sends it back. */
export const openInput = z.strictObject({ link: z.string().max(1024) });

/** What the box beside a factor is called in the form: a field has one value, so each has one of its own. */
export const removeField = (factorId: string): string => `remove-${factorId}`;

const removing = /^remove-([\w-]{22}|codes)$/;

/** The new password, and the boxes that were ticked. */
export const newPasswordInput = z
  .object({ username: z.string().max(320).optional(), password: chosenPassword })
  .catchall(z.string().max(8))
  .transform(({ password, username: _, ...boxes }, given) => {
    const ticked = Object.entries(boxes).map(([name, value]) =>
      value === "on" ? removing.exec(name)?.[1] : undefined,
    );
    if (ticked.includes(undefined)) given.addIssue({ code: "custom", message: "a field that no page of ours has" });
    return { password, remove: ticked.filter((id) => id !== undefined) };
  });
