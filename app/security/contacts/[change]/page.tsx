import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { BeginProof } from "@/app/security/contacts/[change]/begin-proof";
import { TypeCode } from "@/app/security/contacts/[change]/type-code";
import { Addressed } from "@/components/ui/addressed";
import { PageHeader } from "@/components/ui/page-header";
import { type ContactsView, readContacts, readWaitingProof } from "@/lib/account/contacts/read-contacts";
import { isProofPurpose } from "@/lib/account/contacts/schema";
import type { Ctx } from "@/lib/context/context";
import type { Say } from "@/lib/messages/say";
import { hoursOf, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { changeEmailKind } from "@/lib/pending/kinds/change-email";
import { changePhoneKind } from "@/lib/pending/kinds/change-phone";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import { buildContext } from "@/lib/web/build-context";
import { freshPage, type Person, signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

const titles = {
  login: "contacts.email_page_title",
  further: "contacts.further_page_title",
  confirm: "contacts.confirm_page_title",
  phone: "contacts.phone_page_title",
} as const satisfies Record<ProofPurpose, string>;

type Props = {
  readonly params: Promise<{ readonly change: string }>;
  /** `again`: type the address anew although a code is waited for. */
  readonly searchParams: Promise<{ readonly again?: unknown }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { change } = await params;
  return isProofPurpose(change) ? { title: (await words()).say(titles[change]) } : {};
}

/** Asks for an address, or for the code that was sent there. Both are begun by buttons; this page writes nothing. */
export default async function ChangePage({ params, searchParams }: Props) {
  const { change: purpose } = await params;
  if (!isProofPurpose(purpose)) notFound();
  const list = "/security/contacts";
  const ctx = await buildContext();
  const isHarmless = purpose === "confirm";
  const person = isHarmless ? await signedIn(ctx) : await freshPage(ctx, "contact.change", `${list}/${purpose}`);
  const contacts = await readContacts(ctx, person);
  const canBegin = contacts?.sends[purpose === "phone" ? "sms" : "mail"];
  if (!canBegin || (isHarmless && contacts.isEmailConfirmed)) redirect(list);
  const { say } = await words();
  const isAnew = (await searchParams).again !== undefined;
  const waiting = isAnew ? null : await readWaitingProof(ctx, person, purpose);
  const wait = waiting ? null : await foretold(ctx, person, { purpose, contacts, say });
  return (
    <AccountPage person={person}>
      <PageHeader title={say(titles[purpose])} back={{ href: list, label: say("contacts.page_title") }}>
        {!waiting && (
          <p>
            <Addressed text={introTo(purpose, contacts, say)} />
          </p>
        )}
        {wait !== null && <p className="mt-2">{wait}</p>}
      </PageHeader>
      {waiting ? (
        <TypeCode purpose={purpose} waiting={waiting} say={say} />
      ) : (
        <BeginProof purpose={purpose} say={say} />
      )}
    </AccountPage>
  );
}

function introTo(purpose: ProofPurpose, { email, isEmailConfirmed }: ContactsView, say: Say): string {
  switch (purpose) {
    case "login":
      return say("contacts.email_page_intro", { email, back: isEmailConfirmed ? "yes" : "no" });
    case "further":
      return say("contacts.further_page_intro");
    case "confirm":
      return say("contacts.confirm_page_intro", { email });
    case "phone":
      return say("contacts.phone_page_intro");
  }
}

type Foretelling = { readonly purpose: ProofPurpose; readonly contacts: ContactsView; readonly say: Say };

/** What takes the place of something may have to wait; null: it is done once the code is typed. */
async function foretold(ctx: Ctx, person: Person, { purpose, contacts, say }: Foretelling): Promise<string | null> {
  if (purpose === "further" || purpose === "confirm" || (purpose === "phone" && contacts.phone === null)) return null;
  const kind = purpose === "login" ? changeEmailKind : changePhoneKind;
  return (await mayBeAtOnce(ctx, person, kind)) ? null : say("pending.will_wait", foreseen(hoursOf(kind)));
}
