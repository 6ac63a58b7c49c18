import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailboxFrame } from "@/app/dev/mailbox/mailbox-frame";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/row";
import { Time } from "@/components/ui/time";
import { readMailbox } from "@/lib/delivery/read-mailbox";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("mailbox.page_title") };
}

/** Everything that would have left the house, for developers. */
export default async function MailboxPage() {
  const { say, language } = await words();
  const letters = await readMailbox();
  if (letters === null) notFound();
  return (
    <MailboxFrame>
      <PageHeader title={say("mailbox.page_title")}>{say("mailbox.intro")}</PageHeader>
      {letters.length === 0 && <Empty title={say("mailbox.empty_title")} text={say("mailbox.empty")} />}
      {letters.length > 0 && (
        <Card>
          <Rows>
            {letters.map(({ id, channel, to, title, code, at }) => (
              <Row
                key={id}
                title={
                  <a href={`/dev/mailbox/${id}`} className="text-accent hover:underline">
                    {title}
                  </a>
                }
                badge={<Badge>{say(channel === "mail" ? "mailbox.mail_label" : "mailbox.sms_label")}</Badge>}
                detail={
                  <>
                    {say("mailbox.to_label", { to })} · <Time at={at} language={language} />
                  </>
                }
                action={
                  code !== null && (
                    <ButtonLink look="quiet" href={`/dev/mailbox/${id}`}>
                      {say("mailbox.code_link", { code })}
                    </ButtonLink>
                  )
                }
              />
            ))}
          </Rows>
        </Card>
      )}
    </MailboxFrame>
  );
}
