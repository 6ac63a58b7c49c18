import { askForDataAction } from "@/app/(account)/security/data/actions";
import { ActionForm } from "@/components/form/action-form";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";
import { hoursOf } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { downloadDataKind } from "@/lib/pending/kinds/download-data";

type DownloadProps = {
  readonly say: Say;
  readonly until: Date | null;
  readonly waits: boolean;
  /** It was asked for, and waits already. */
  readonly isAsked: boolean;
};

/** The files themselves while they may be had, else the button that asks for them; once it was asked for, none, unless it would be done at once by now. */
export function DownloadCard({ say, until, waits, isAsked }: DownloadProps) {
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
  if (waits && isAsked)
    return <CardShell title={title} status={<StatusLine tone="neutral">{say("data.asked")}</StatusLine>} />;
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

type DeleteProps = {
  readonly say: Say;
  readonly isAsked: boolean;
  /** The sentence that is against it; null: nothing is. */
  readonly against: MessageId | null;
};

/** The way to the question before the account goes; what is against it is said here, before anybody proves who they are for nothing. */
export function DeleteCard({ say, isAsked, against }: DeleteProps) {
  const title = say("data.delete_title");
  if (isAsked) return <CardShell title={title} status={<StatusLine tone="neutral">{say("data.asked")}</StatusLine>} />;
  if (against !== null)
    return <CardShell title={title} status={<StatusLine tone="neutral">{say(against)}</StatusLine>} />;
  return (
    <CardShell
      title={title}
      status={<p>{say("data.delete_text")}</p>}
      action={
        <ButtonLink look="danger" href="/security/data/delete">
          {say("data.delete_link")}
        </ButtonLink>
      }
    />
  );
}
