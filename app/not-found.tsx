import type { Metadata } from "next";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await words();
  return { title: say("frame.missing_title") };
}

/** An address that leads nowhere. Plain: it travels, already drawn, twice inside every page, and the serving entry answers with a page of its own. */
export default async function NotFound() {
  const { say } = await words();
  return (
    <main id="main" className="p-4">
      <h1>{say("frame.missing_title")}</h1>
      <p>{say("frame.missing")}</p>
      <a href="/">{say("frame.home_link")}</a>
    </main>
  );
}
