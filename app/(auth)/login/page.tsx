import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LoginForm } from "@/app/(auth)/login/login-form";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { currentSession } from "@/lib/web/guard";
import { returnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

type Props = {
  readonly searchParams: Promise<{ readonly returnTo?: unknown; readonly out?: unknown; readonly over?: unknown }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("login.page_title") };
}

/** The first door. */
export default async function LoginPage({ searchParams }: Props) {
  const { returnTo: wanted, out, over } = await searchParams;
  const target = returnTo(wanted);
  if (await currentSession()) redirect(target);
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("login.page_title")} />
      <LoginForm
        say={say}
        returnTo={target}
        news={
          (out !== undefined && <Alert tone="success">{say("login.logged_out")}</Alert>) ||
          (over !== undefined && <Alert tone="error">{say("password.logged_out")}</Alert>)
        }
      />
    </AuthFrame>
  );
}
