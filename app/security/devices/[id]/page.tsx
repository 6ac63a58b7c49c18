import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { renameDeviceAction, withdrawTrustAction } from "@/app/(account)/security/devices/actions";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { deviceName } from "@/lib/context/device-name";
import { dayOf } from "@/lib/messages/moments";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { type DeviceView, findDeviceView } from "@/lib/sessions/devices/list-devices";
import { nameOfDevice } from "@/lib/sessions/devices/name-of-device";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("devices.page_title") };
}

/** One known browser: its name, the trust in it, its end. Somebody else's is not found. */
export default async function DevicePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const device = await findDeviceView(ctx, person, (await params).id);
  if (!device) return notYours(ctx, person, "device");
  const { say, language } = await words();
  const back = { href: "/security/devices", label: say("devices.page_title") };
  return (
    <AccountPage person={person}>
      <PageHeader title={nameOfDevice(device, language)} back={back} />
      <CardShell
        title={say("devices.rename_title")}
        status={<RenameForm device={device} say={say} language={language} />}
      />
      <TrustCard device={device} say={say} language={language} />
      <CardShell
        title={say("devices.forget_button")}
        status={<p>{say(device.isThis ? "devices.forget_this" : "devices.forget_text")}</p>}
        action={
          <ButtonLink look="danger" href={`/security/devices/${device.id}/forget`}>
            {say("devices.forget_link")}
          </ButtonLink>
        }
      />
    </AccountPage>
  );
}

type Part = { readonly device: DeviceView; readonly say: Say; readonly language: Language };

function RenameForm({ device, say, language }: Part) {
  return (
    <ActionForm action={renameDeviceAction}>
      <input type="hidden" name="deviceId" value={device.id} />
      <FormField
        name="label"
        label={say("devices.label_label")}
        hint={say("devices.label_hint", { name: deviceName(device.agent, language) })}
        optional={say("frame.optional_label")}
        defaultValue={device.label ?? ""}
        autoComplete="off"
      />
      <SubmitButton look="quiet" pending={say("frame.one_moment")}>
        {say("devices.rename_button")}
      </SubmitButton>
    </ActionForm>
  );
}

/** What the trust in it is worth today, and its end. */
function TrustCard({ device: { id, trustedUntil }, say, language }: Part) {
  if (trustedUntil === null) return null;
  return (
    <CardShell
      title={say("devices.trusted_label")}
      status={<p>{say("devices.trusted_until", { until: dayOf(trustedUntil, language) })}</p>}
      action={
        <ActionForm action={withdrawTrustAction}>
          <input type="hidden" name="deviceId" value={id} />
          <SubmitButton look="quiet" pending={say("frame.one_moment")}>
            {say("devices.untrust_button")}
          </SubmitButton>
        </ActionForm>
      }
    />
  );
}
