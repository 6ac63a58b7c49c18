import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailboxFrame } from "@/app/dev/mailbox/mailbox-frame";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { readMailboxLetter } from "@/lib/delivery/read-mailbox";
import { words } from "@/lib/web/words";

type Props = { readonly params: Promise<{ readonly id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("mailbox.page_title") };
}

/** One letter, every word of it. */
export default async function MailboxLetterPage({ params }: Props) {
  const { say, language } = await words();
  const letter = await readMailboxLetter((await params).id);
  if (letter === null) notFound();
  const { id, title, to, at, text, html } = letter;
  return (
    <MailboxFrame>
      <PageHeader title={title} back={{ href: "/dev/mailbox", label: say("mailbox.back_link") }}>
        {say("mailbox.to_label", { to })} · <Time at={at} language={language} />
      </PageHeader>
      <Card>
        <h2 className="mb-4 text-lg font-semibold">{say("mailbox.text_title")}</h2>
        <p className="break-words whitespace-pre-wrap">{linked(text)}</p>
      </Card>
      {html !== null && (
        <p>
          <ButtonLink look="quiet" href={`/dev/mailbox/${id}/html`}>
            {say("mailbox.html_link")}
          </ButtonLink>
        </p>
      )}
    </MailboxFrame>
  );
}

/** The text with its web addresses to be clicked, as mail programs do. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <a key={part} href={part} className="text-accent underline underline-offset-4">
        {part}
      </a>
    ),
  );
}
