import { redirect } from "next/navigation";
import { currentSession } from "@/lib/web/guard";

/** The front gate leads on: to the account, or to the first door. No page: what leads on would draw a document that nobody sees. */
export async function GET(): Promise<never> {
  redirect((await currentSession()) ? "/security" : "/login");
}
