import type { FrameSettings } from "@/components/layout/frame-settings";
import { Time } from "@/components/ui/time";
import { languageTags } from "@/lib/messages/say";
import { allCodes, type ChoosingView } from "@/lib/resets/choosing";
import { removeField } from "@/lib/resets/schema";

type Props = Pick<ChoosingView, "recent" | "codes"> & { readonly settings: FrameSettings };

/** What was added lately, each with a box to tick: whoever was in the account may have left one of theirs. */
export function RecentFactors({ recent, codes, settings }: Props) {
  const { say } = settings;
  return (
    <fieldset className="grid gap-2">
      <legend className="font-semibold">{say("reset.recent_title")}</legend>
      <p className="text-sm text-muted">{say("reset.recent_intro")}</p>
      {recent.map(({ id, label, place, ...added }) => (
        <Box key={id} id={id} name={place === null ? label : `${label} (${place})`} settings={settings} {...added} />
      ))}
      {codes !== null && (
        <Box id={allCodes} name={say("reset.codes_label")} goes={false} settings={settings} {...codes} />
      )}
    </fieldset>
  );
}

type BoxProps = {
  readonly id: string;
  readonly name: string;
  readonly addedAt: Date;
  readonly isSinceAlarm: boolean;
  readonly goes: boolean;
  readonly settings: FrameSettings;
};

function Box({ id, name, addedAt, isSinceAlarm, goes, settings: { say, language } }: BoxProps) {
  return (
    <label className="flex min-h-11 items-center gap-3 rounded-control border border-line px-4 py-2">
      <input type="checkbox" name={removeField(id)} className="tick-box" defaultChecked={goes} disabled={goes} />
      <span className="grid">
        <span className="font-semibold">{name}</span>
        <span className="text-sm text-muted">
          <Time at={addedAt.toISOString()} language={languageTags[language]} />
          {isSinceAlarm && ` · ${say("reset.since_alarm_label")}`}
          {goes && ` · ${say("reset.goes_label")}`}
        </span>
      </span>
    </label>
  );
}
