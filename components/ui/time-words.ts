import { kept } from "@/lib/messages/kept";

/** Day before month, as the words around it are British; Chinese has its own order. */
const orders = (language: string) => (language.startsWith("zh") ? "zh-Hans" : "en-GB");

/** Chinese units are written short: "分钟". */
const lengthOf = (language: string) => (language.startsWith("zh") ? "short" : "long");

/** Chinese words stand apart from the figures before them, as in all our sentences: "3 分钟". */
const apart = (text: string): string => text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");

const momentFormats = kept((language: string, timeZone: string | undefined) => {
  const say = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(orders(language), { ...parts, timeZone });
  return {
    day: say({ year: "numeric", month: "short", day: "numeric" }),
    time: say({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    zone: say({ timeZoneName: "short" }),
  };
});

/** A moment as it is written everywhere: "21 Aug 2026, 10:00 UTC". In: its ISO 8601 text; the zone, or undefined for the reader's own. */
export function exactWords(at: string, language: string, timeZone: string | undefined): string {
  const moment = Date.parse(at);
  const says = momentFormats(language, timeZone);
  const [day, time] = [says.day.format(moment), says.time.format(moment)];
  const zone = says.zone.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return language.startsWith("zh") ? `${day} ${time} ${zone}` : `${day}, ${time} ${zone}`;
}

const steps = [
  { unit: "second", size: 60 },
  { unit: "minute", size: 60 },
  { unit: "hour", size: 24 },
  { unit: "day", size: 30 },
  { unit: "month", size: 12 },
] as const;

const relativeFormats = kept(
  (language: string) => new Intl.RelativeTimeFormat(language, { numeric: "auto", style: lengthOf(language) }),
);

/** "3 minutes ago", "in 3 minutes", "yesterday". In: milliseconds from now, negative for what has passed. */
export function relativeWords(milliseconds: number, language: string): string {
  const format = relativeFormats(language);
  let amount = Math.round(milliseconds / 1000);
  for (const { unit, size } of steps) {
    if (Math.abs(amount) < size) return apart(format.format(amount, unit));
    amount = Math.round(amount / size);
  }
  return apart(format.format(amount, "year"));
}

const unitFormats = kept(
  (language: string, unit: "minute" | "second") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: lengthOf(language) }),
);

/** 75 → "1 minute, 15 seconds", 45 → "45 seconds"; "1 分钟 15 秒" in Chinese. In: whole seconds. */
export function lengthWords(total: number, language: string): string {
  const unit = (value: number, name: "minute" | "second") => apart(unitFormats(language, name).format(value));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  const parts = [minutes > 0 && unit(minutes, "minute"), (seconds > 0 || total === 0) && unit(seconds, "second")];
  return parts.filter((part) => part !== false).join(language.startsWith("zh") ? " " : ", ");
}
