import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { forgetOthersAction } from "@/app/(account)/security/devices/actions";
import { Question } from "@/components/security/question";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("devices.others_link") };
}

/** The question before every other known browser is forgotten. */
export default async function OthersPage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "devices.forget", "/security/devices/others");
  const count = (await listDevices(ctx, person)).filter(({ isThis }) => !isThis).length;
  if (count === 0) redirect("/security/devices");
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <Question
        title={say("devices.others_title")}
        sentences={[say("devices.others_text", { count })]}
        action={forgetOthersAction}
        yes={say("devices.others_button")}
        no={{ href: "/security/devices", label: say("devices.keep_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
