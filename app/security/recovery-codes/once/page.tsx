import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { savedAction } from "@/app/(account)/security/recovery-codes/actions";
import { CodesSheet, type CodesSheetWords } from "@/components/factors/recovery/codes-sheet";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { config } from "@/lib/config/config";
import { showEmail } from "@/lib/kernel/email-address";
import type { Say } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { enrolling, signedIn } from "@/lib/web/guard";
import { readReveal } from "@/lib/web/reveal";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("codes.page_title") };
}

/**
 * New codes, once: until the person says that they have saved them, or a quarter of an hour has passed. Also for somebody who owes one more
 * factor: their first one gave them these codes, and they would be lost behind the second.
 */
export default async function OncePage() {
  const ctx = await buildContext();
  const person = await enrolling(ctx);
  const { say } = await words();
  const reveal = await readReveal(person.userId, ctx.now);
  if (!reveal) await signedIn(ctx);
  const back = { href: "/security", label: say("security.back_link") };
  if (!reveal) {
    return (
      <AccountPage person={person}>
        <PageHeader title={say("codes.page_title")} back={back}>
          <p>{say("codes.nothing")}</p>
        </PageHeader>
      </AccountPage>
    );
  }
  const isSet = reveal.kind === "set";
  return (
    <AccountPage person={person}>
      <PageHeader title={say("codes.page_title")}>
        <p>{say("codes.intro")}</p>
      </PageHeader>
      <div className="print:hidden">
        <Alert tone={isSet ? "warning" : "note"}>{say(isSet ? "codes.once" : "codes.replacement")}</Alert>
      </div>
      <Card>
        <CodesSheet
          codes={reveal.codes}
          words={sheetWords(say, { email: person.email, at: ctx.now, isSet })}
          fileName="recovery-codes.txt"
          action={savedAction}
        >
          <input type="hidden" name="shown" value={reveal.id} />
        </CodesSheet>
      </Card>
    </AccountPage>
  );
}

type Sheet = {
  readonly email: string;
  readonly at: Date /** All of them are new, not one in the place of another. */;
  readonly isSet: boolean;
};

function sheetWords(say: Say, { email, at, isSet }: Sheet): CodesSheetWords {
  return {
    title: say("codes.page_title"),
    portal: say("codes.portal", { name: config().brand.name }),
    address: say("codes.address_label", { url: `${config().appUrl}/login` }),
    account: say("codes.account", { email: showEmail(email) }),
    made: say("codes.made", { at }),
    use: say("codes.use"),
    keepApart: say("codes.keep_apart"),
    download: say("frame.download_link"),
    print: say("frame.print_button"),
    copy: { copy: say("frame.copy_button"), copied: say("frame.copied"), failed: say("frame.not_copied") },
    saved: say(isSet ? "codes.saved_button" : "codes.saved_one_button"),
    pending: say("frame.one_moment"),
  };
}
