import { headers } from "next/headers";
import type { ReactNode } from "react";
import { WaitingBanner } from "@/app/_account/waiting-banner";
import { logOutAction } from "@/app/(account)/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AccountFrame } from "@/components/layout/account-frame";
import { UnconfirmedEmail } from "@/components/security/unconfirmed-email";
import { showEmail } from "@/lib/kernel/email-address";
import { canLeave } from "@/lib/letters/queue-letters";
import type { Person } from "@/lib/web/guard";

const confirmPage = "/security/contacts/confirm";

/** The frame around every page of a person's account. Guards are the pages' own. */
export async function AccountPage({ person, children }: { readonly person: Person; readonly children: ReactNode }) {
  const settings = await frameSettings();
  const { say } = settings;
  const path = (await headers()).get("x-pathname") ?? "/security";
  const links = [
    { href: "/security", label: say("security.page_title") },
    { href: "/security/password", label: say("security.password_title") },
    { href: "/security/recovery-codes", label: say("security.codes_title") },
    { href: "/security/sessions", label: say("sessions.page_title") },
    { href: "/security/devices", label: say("devices.page_title") },
    { href: "/security/contacts", label: say("contacts.page_title") },
    { href: "/security/activity", label: say("activity.page_title") },
    { href: "/security/data", label: say("data.page_title") },
    { href: "/security/profile", label: say("profile.page_title") },
  ];
  return (
    <AccountFrame
      settings={settings}
      who={showEmail(person.email)}
      home="/security"
      links={links}
      path={path}
      logOut={logOutAction}
    >
      {person.session.hasWaiting && <WaitingBanner person={person} say={say} language={settings.language} />}
      {!person.session.isEmailConfirmed && canLeave("mail") && !path.startsWith(confirmPage) && (
        <UnconfirmedEmail email={person.email} href={confirmPage} say={say} />
      )}
      {children}
    </AccountFrame>
  );
}
