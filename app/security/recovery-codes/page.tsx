import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { CodesWait, codesToShow } from "@/app/security/codes-wait";
import { CardShell } from "@/components/security/card-shell";
import { unsavedSentence } from "@/components/security/codes-left";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { readCodes } from "@/lib/account/read-codes";
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
  const codes = await readCodes(ctx, person);
  const unsaved = unsavedSentence(codes, say);
  return (
    <AccountPage person={person}>
      <PageHeader title={say("codes.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("codes.intro")}</p>
      </PageHeader>
      <CodesWait count={await codesToShow({ userId: person.userId, now: ctx.now }, codes)} say={say} />
      {person.session.kinds.length > 0 ? (
        <CardShell
          title={say("security.codes_left", { count: codes.left })}
          status={
            <>
              {unsaved !== null && <StatusLine tone="attention">{unsaved}</StatusLine>}
              <StatusLine tone={codes.left > recoveryNumbers.lowWater ? "neutral" : "attention"}>
                {say("codes.new_text")}
              </StatusLine>
            </>
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
