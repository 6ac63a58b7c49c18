import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { changeUsernameAction, updateProfileAction } from "@/app/(account)/security/profile/actions";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { CardShell } from "@/components/security/card-shell";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { readProfile } from "@/lib/account/profile/update-profile";
import { ensure } from "@/lib/kernel/assert";
import type { Say } from "@/lib/messages/say";
import type { Profile } from "@/lib/users/user";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("profile.page_title") };
}

type Props = { readonly searchParams: Promise<Record<string, unknown>> };

/** What apps may call the person, and the name that they can log in with. */
export default async function ProfilePage({ searchParams }: Props) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const profile = await readProfile(ctx, person);
  ensure(profile, "whoever is signed in has an account");
  const query = await searchParams;
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page="/security/profile" query={query} />
      <PageHeader title={say("profile.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("profile.intro")}</p>
      </PageHeader>
      <CardShell title={say("profile.called_title")} status={null}>
        <div className="pt-5">
          <CalledAs profile={profile} say={say} />
        </div>
      </CardShell>
      <CardShell title={say("profile.username_title")} status={null}>
        <div className="pt-5">
          <Username username={profile.username} say={say} />
        </div>
      </CardShell>
    </AccountPage>
  );
}

function CalledAs({ profile, say }: { readonly profile: Profile; readonly say: Say }) {
  const common = { optional: say("profile.optional_label"), spellCheck: false } as const;
  return (
    <ActionForm action={updateProfileAction} label={say("profile.called_title")}>
      <FormField
        {...common}
        name="name"
        label={say("profile.name_label")}
        defaultValue={profile.name ?? ""}
        autoComplete="name"
      />
      <FormField
        {...common}
        name="nickname"
        label={say("profile.nickname_label")}
        defaultValue={profile.nickname ?? ""}
        autoComplete="nickname"
      />
      <FormField
        {...common}
        name="photo"
        label={say("profile.photo_label")}
        hint={say("profile.photo_hint")}
        defaultValue={profile.photo ?? ""}
        inputMode="url"
        autoComplete="photo"
        autoCapitalize="none"
      />
      <SubmitButton pending={say("frame.one_moment")}>{say("profile.save_button")}</SubmitButton>
    </ActionForm>
  );
}

function Username({ username, say }: { readonly username: string | null; readonly say: Say }) {
  return (
    <ActionForm action={changeUsernameAction} label={say("profile.username_title")}>
      <FormField
        name="username"
        label={say("profile.username_label")}
        hint={say("profile.username_hint")}
        optional={say("profile.optional_label")}
        defaultValue={username ?? ""}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton look="quiet" pending={say("frame.one_moment")}>
        {say("profile.username_button")}
      </SubmitButton>
    </ActionForm>
  );
}
