import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await words();
  return { title: say("frame.missing_title") };
}

/** An address that leads nowhere. Kept small: it travels, already drawn, inside every other page. */
export default async function NotFound() {
  const { say } = await words();
  return (
    <main id="main" tabIndex={-1} className="mx-auto grid min-h-svh max-w-column content-center gap-6 px-4 py-8">
      <PageHeader title={say("frame.missing_title")}>{say("frame.missing")}</PageHeader>
      <ButtonLink href="/">{say("frame.home_link")}</ButtonLink>
    </main>
  );
}
