import { redirect } from "next/navigation";
import { currentSession } from "@/lib/web/guard";

/** The front gate leads on: to the account, or to the first door. */
export default async function FrontPage() {
  redirect((await currentSession()) ? "/security" : "/login");
}
