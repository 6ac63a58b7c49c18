import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { DoneBanner } from "@/app/(account)/done-banner";
import { askForDataAction } from "@/app/(account)/security/data/actions";
import { ActionForm } from "@/components/form/action-form";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Say } from "@/lib/messages/say";
import { hoursOf, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { downloadDataKind } from "@/lib/pending/kinds/download-data";
import { mayDownloadUntil } from "@/lib/pending/may-download";
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
  const query = await searchParams;
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page="/security/data" query={query} />
      <PageHeader title={say("data.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("data.intro")}</p>
      </PageHeader>
      <DownloadCard say={say} until={until} waits={waits} />
      <CardShell
        title={say("data.delete_title")}
        status={<p>{say("data.delete_text")}</p>}
        action={
          <ButtonLink look="danger" href="/security/data/delete">
            {say("data.delete_link")}
          </ButtonLink>
        }
      />
    </AccountPage>
  );
}

type DownloadProps = { readonly say: Say; readonly until: Date | null; readonly waits: boolean };

/** The files themselves while they may be had, else the button that asks for them. */
function DownloadCard({ say, until, waits }: DownloadProps) {
  const title = say("data.download_title");
  if (until !== null) {
    return (
      <CardShell
        title={title}
        status={<StatusLine tone="good">{say("data.ready", { at: until })}</StatusLine>}
        action={
          <div className="flex flex-wrap gap-3">
            <ButtonLink look="quiet" href="/security/data/account.json">
              {say("data.json_link")}
            </ButtonLink>
            <ButtonLink look="quiet" href="/security/data/activity.csv">
              {say("data.csv_link")}
            </ButtonLink>
          </div>
        }
      />
    );
  }
  return (
    <CardShell
      title={title}
      status={
        <>
          <p>{say("data.download_text")}</p>
          {waits && <p>{say("pending.will_wait", foreseen(hoursOf(downloadDataKind)))}</p>}
        </>
      }
      action={
        <ActionForm action={askForDataAction}>
          <SubmitButton look="quiet" pending={say("frame.one_moment")}>
            {say("data.ask_button")}
          </SubmitButton>
        </ActionForm>
      }
    />
  );
}
