import { notFound } from "next/navigation";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import type { Ctx } from "@/lib/context/context";
import type { Person } from "@/lib/web/guard";

/** The page of something that is not this person's, or is not there: both are not found, and leave a row (the one thing that a page writes). */
export async function notYours(
  ctx: Ctx,
  person: Person,
  what: "factor" | "session" | "device" | "app" | "change" | "contact",
): Promise<never> {
  const { userId: subjectId, sessionId } = person;
  await recordRefusedAccess(ctx, { name: "authz.refused", subjectId, sessionId, meta: { what } });
  return notFound();
}
