import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { DoneBanner } from "@/app/_account/done-banner";
import { DeviceRow, usedWords } from "@/app/security/devices/device-row";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { Rows } from "@/components/ui/row";
import { config } from "@/lib/config/config";
import { toldApart } from "@/lib/kernel/told-apart";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { nameOfDevice } from "@/lib/sessions/devices/name-of-device";
import { buildContext } from "@/lib/web/build-context";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("devices.page_title") };
}

type Props = { readonly searchParams: Promise<Record<string, unknown>> };

/** The browsers that are known, and the way to forget them. */
export default async function DevicesPage({ searchParams }: Props) {
  const ctx = await buildContext();
  const person = await signedIn(ctx);
  const devices = await listDevices(ctx, person);
  const query = await searchParams;
  const { say, language } = await words();
  const names = toldApart(
    devices.map((device) => {
      const name = nameOfDevice(device, language);
      return { name, longer: say("devices.apart_label", { name, used: usedWords(device, ctx.now, language) }) };
    }),
  );
  const others = devices.filter(({ isThis }) => !isThis).length;
  return (
    <AccountPage person={person}>
      <DoneBanner say={say} page="/security/devices" query={query} />
      <PageHeader title={say("devices.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("devices.intro")}</p>
        {config().trust.days !== null && <p className="mt-2">{say("devices.trust_skips")}</p>}
      </PageHeader>
      {devices.length === 0 ? (
        <Empty title={say("devices.none_title")} text={say("devices.none_text")} />
      ) : (
        <CardShell
          title={say("devices.page_title")}
          status={null}
          action={
            others > 0 && (
              <ButtonLink look="danger" href="/security/devices/others">
                {say("devices.others_link")}
              </ButtonLink>
            )
          }
        >
          <Rows>
            {devices.map((device, at) => (
              <DeviceRow
                key={device.id}
                device={device}
                apart={names[at] ?? ""}
                now={ctx.now}
                say={say}
                language={language}
              />
            ))}
          </Rows>
        </CardShell>
      )}
    </AccountPage>
  );
}
