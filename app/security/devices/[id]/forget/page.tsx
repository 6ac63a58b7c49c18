import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { forgetDeviceAction } from "@/app/(account)/security/devices/actions";
import { Question } from "@/components/security/question";
import { findDeviceView } from "@/lib/sessions/devices/list-devices";
import { nameOfDevice } from "@/lib/sessions/devices/name-of-device";
import { buildContext } from "@/lib/web/build-context";
import { freshPage, signedIn } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("devices.forget_button") };
}

/** The question before a known browser is forgotten. Somebody else's is not found. */
export default async function ForgetPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const owner = await signedIn(ctx);
  const { id } = await params;
  const device = await findDeviceView(ctx, owner, id);
  if (!device) return notYours(ctx, owner, "device");
  const person = await freshPage(ctx, "devices.forget", `/security/devices/${id}/forget`);
  const { say, language } = await words();
  return (
    <AccountPage person={person}>
      <Question
        title={say("devices.forget_title", { name: nameOfDevice(device, language) })}
        sentences={[say(device.isThis ? "devices.forget_this" : "devices.forget_text")]}
        action={forgetDeviceAction}
        yes={say("devices.forget_button")}
        no={{ href: "/security/devices", label: say("devices.keep_link") }}
        pending={say("frame.one_moment")}
      >
        <input type="hidden" name="deviceId" value={id} />
      </Question>
    </AccountPage>
  );
}
