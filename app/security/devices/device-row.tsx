import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Row } from "@/components/ui/row";
import { relativeWords } from "@/components/ui/time-words";
import { between } from "@/lib/kernel/duration";
import { inARow } from "@/lib/messages/in-a-row";
import { dayOf } from "@/lib/messages/moments";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import type { DeviceView } from "@/lib/sessions/devices/list-devices";
import { nameOfDevice } from "@/lib/sessions/devices/name-of-device";

/** How long ago it was used last. */
export const usedWords = ({ lastUsedAt }: DeviceView, now: Date, language: Language): string =>
  relativeWords(between(now, lastUsedAt), language);

type DeviceRowProps = {
  readonly device: DeviceView;
  /** Its name, unlike that of every other one here. */
  readonly apart: string;
  readonly now: Date;
  readonly say: Say;
  readonly language: Language;
};

/** One known browser: since when, until when, and what can be done with it. */
export function DeviceRow({ device, apart, now, say, language }: DeviceRowProps) {
  const name = nameOfDevice(device, language);
  const page = `/security/devices/${device.id}`;
  const [since, used] = [dayOf(device.createdAt, language), usedWords(device, now, language)];
  const { trustedUntil } = device;
  const until = dayOf(trustedUntil ?? device.expiresAt, language);
  const ends = say(trustedUntil === null ? "devices.until" : "devices.trusted_until", { until });
  return (
    <Row
      title={name}
      badge={
        <>
          {device.isThis && <Badge tone="good">{say("sessions.this_label")}</Badge>}
          {trustedUntil !== null && <Badge tone="good">{say("devices.trusted_label")}</Badge>}
        </>
      }
      detail={inARow([say("devices.used", { since, used }), ends], language)}
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
