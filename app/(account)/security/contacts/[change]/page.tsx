import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AccountPage } from "@/app/(account)/account-page";
import { BeginProof } from "@/app/(account)/security/contacts/[change]/begin-proof";
import { TypeCode } from "@/app/(account)/security/contacts/[change]/type-code";
import { PageHeader } from "@/components/ui/page-header";
import { readContacts, readWaitingProof } from "@/lib/account/contacts/read-contacts";
import { isProofPurpose } from "@/lib/account/contacts/schema";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import { buildContext } from "@/lib/web/build-context";
import { freshPage, signedIn } from "@/lib/web/guard";
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
  const intros = {
    login: say("contacts.email_page_intro", { email: contacts.email }),
    further: say("contacts.further_page_intro"),
    confirm: say("contacts.confirm_page_intro", { email: contacts.email }),
    phone: say("contacts.phone_page_intro"),
  };
  return (
    <AccountPage person={person}>
      <PageHeader title={say(titles[purpose])} back={{ href: list, label: say("contacts.page_title") }}>
        {!waiting && <p>{intros[purpose]}</p>}
      </PageHeader>
      {waiting ? (
        <TypeCode purpose={purpose} waiting={waiting} say={say} />
      ) : (
        <BeginProof purpose={purpose} say={say} />
      )}
    </AccountPage>
  );
}
