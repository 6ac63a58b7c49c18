import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { DoneBanner } from "@/app/(account)/done-banner";
import { CardShell } from "@/components/security/card-shell";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/row";
import { relativeWords } from "@/components/ui/time-words";
import { between } from "@/lib/kernel/duration";
import { toldApart } from "@/lib/kernel/told-apart";
import { dayOf } from "@/lib/messages/moments";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { type DeviceView, listDevices } from "@/lib/sessions/devices/list-devices";
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

const usedWords = ({ lastUsedAt }: DeviceView, now: Date, language: Language): string =>
  relativeWords(between(now, lastUsedAt), language);

type DeviceRowProps = {
  readonly device: DeviceView;
  /** Its name, unlike that of every other one here. */
  readonly apart: string;
  readonly now: Date;
  readonly say: Say;
  readonly language: Language;
};

function DeviceRow({ device, apart, now, say, language }: DeviceRowProps) {
  const name = nameOfDevice(device, language);
  const page = `/security/devices/${device.id}`;
  const [since, used] = [dayOf(device.createdAt, language), usedWords(device, now, language)];
  const { trustedUntil } = device;
  const until = dayOf(trustedUntil ?? device.expiresAt, language);
  return (
    <Row
      title={name}
      badge={
        <>
          {device.isThis && <Badge tone="good">{say("sessions.this_label")}</Badge>}
          {trustedUntil !== null && <Badge tone="good">{say("devices.trusted_label")}</Badge>}
        </>
      }
      detail={`${say("devices.used", { since, used })} ${say(trustedUntil === null ? "devices.until" : "devices.trusted_until", { until })}`}
      action={
        <div className="flex flex-wrap gap-x-6">
          <ButtonLink look="text" href={page} aria-label={say("devices.change_label", { name: apart })}>
            {say("devices.change_link")}
          </ButtonLink>
          <ButtonLink look="text" href={`${page}/forget`} aria-label={say("devices.forget_label", { name: apart })}>
            {say("devices.forget_link")}
          </ButtonLink>
        </div>
      }
    />
  );
}
