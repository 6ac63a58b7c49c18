import { redirect } from "next/navigation";
import { currentSession, holdsSession } from "@/lib/web/guard";
import { loginPath } from "@/lib/web/return-to";

/** The front gate leads on: to the account, or to the first door. No page: what leads on would draw a document that nobody sees. */
export async function GET(): Promise<never> {
  if (await currentSession()) redirect("/security");
  redirect((await holdsSession()) ? loginPath("/security", true) : "/login");
}
