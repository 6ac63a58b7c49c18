import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { DeleteCard, DownloadCard } from "@/app/security/data/cards";
import { PageHeader } from "@/components/ui/page-header";
import { mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { downloadDataKind } from "@/lib/pending/kinds/download-data";
import { mayDownloadUntil } from "@/lib/pending/may-download";
import { listOwnWaiting } from "@/lib/pending/read-changes";
import { whyNotDelete } from "@/lib/pending/why-not-delete";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("data.page_title") };
}

/** What is kept about the account: the way to download it, and to delete all of it. */
export default async function DataPage({ searchParams }: { readonly searchParams: Promise<Record<string, unknown>> }) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const until = await mayDownloadUntil(ctx, person);
  const waits = until === null && !(await mayBeAtOnce(ctx, person, downloadDataKind));
  const asked = person.session.hasWaiting ? (await listOwnWaiting(ctx, person)).map(({ kind }) => kind) : [];
  const against = person.isAdmin ? await whyNotDelete(ctx, person.userId) : null;
  const query = await searchParams;
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page="/security/data" query={query} />
      <PageHeader title={say("data.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("data.intro")}</p>
      </PageHeader>
      <DownloadCard say={say} until={until} waits={waits} isAsked={asked.includes("data.download")} />
      <DeleteCard say={say} isAsked={asked.includes("account.delete")} against={against} />
    </AccountPage>
  );
}
