import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { FurtherCard } from "@/app/security/contacts/further-card";
import { LoginEmailCard, PhoneCard } from "@/app/security/contacts/login-cards";
import { PageHeader } from "@/components/ui/page-header";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { ensure } from "@/lib/kernel/assert";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("contacts.page_title") };
}

type Props = { readonly searchParams: Promise<Record<string, unknown>> };

/** How the person is reached and what they log in with, each with the way to change it. */
export default async function ContactsPage({ searchParams }: Props) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const contacts = await readContacts(ctx, person);
  ensure(contacts, "whoever is signed in has an account");
  const query = await searchParams;
  const { say, language } = await words();
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page="/security/contacts" query={query} />
      <PageHeader title={say("contacts.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say(contacts.sends.mail ? "contacts.intro" : "contacts.intro_no_mail")}</p>
      </PageHeader>
      <LoginEmailCard contacts={contacts} say={say} />
      <FurtherCard contacts={contacts} say={say} language={language} />
      <PhoneCard contacts={contacts} say={say} />
    </AccountPage>
  );
}
