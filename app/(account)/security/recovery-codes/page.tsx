import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { CodesWait } from "@/app/(account)/security/codes-wait";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { readCodesLeft } from "@/lib/account/read-codes-left";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("codes.page_title") };
}

/** How many are left, and a new set. The codes themselves are shown once, on the page after they are made. */
export default async function RecoveryCodesPage() {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const { say } = await words();
  const left = await readCodesLeft(ctx, person);
  return (
    <AccountPage person={person}>
      <PageHeader title={say("codes.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("codes.intro")}</p>
      </PageHeader>
      <CodesWait ctx={ctx} userId={person.userId} say={say} />
      {person.session.kinds.length > 0 ? (
        <CardShell
          title={say("security.codes_left", { count: left })}
          status={
            <StatusLine tone={left > recoveryNumbers.lowWater ? "neutral" : "attention"}>
              {say("codes.new_text")}
            </StatusLine>
          }
          action={
            <ButtonLink look="quiet" href="/security/recovery-codes/new">
              {say("codes.new_button")}
            </ButtonLink>
          }
        />
      ) : (
        <StatusLine tone="neutral">{say("codes.none")}</StatusLine>
      )}
    </AccountPage>
  );
}
