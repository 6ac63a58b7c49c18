import * as z from "zod";
import { kept } from "@/lib/messages/kept";
import { say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

const names = z.record(z.string(), z.unknown()).catch({});
const named = z
  .object({ names, iso_code: z.string().length(2).nullable().catch(null) })
  .catch({ names: {}, iso_code: null });

/** Files of towns and files of countries: of a town its name, of a country its name or its two letters. */
const shape = z.object({ city: named, country: named, registered_country: named });

const inFiles = { en: "en", zh: "zh-CN" } as const satisfies Record<Language, string>;

/** "Mainz, Germany" out of what a file has of an address; null where it names no country. A name that it has not in this language is said in English. */
export function placeName(record: unknown, language: Language): string | null {
  const read = shape.safeParse(record);
  if (!read.success) return null;
  const { city, country, registered_country } = read.data;
  const land = nameOf(country, language) ?? nameOf(registered_country, language);
  if (land === null) return null;
  const town = nameOf(city, language);
  return town === null ? land : say(language, "places.town_name", { town, land });
}

function nameOf({ names, iso_code }: z.infer<typeof named>, language: Language): string | null {
  const name = names[inFiles[language]] ?? ownName(iso_code, language) ?? names.en;
  return typeof name === "string" && name.trim() !== "" ? name.trim().slice(0, 60) : null;
}

const lands = kept((language: Language) => new Intl.DisplayNames([language], { type: "region", fallback: "none" }));

const ownName = (code: string | null, language: Language): string | undefined =>
  code === null || !/^[A-Z]{2}$/.test(code) ? undefined : lands(language).of(code);
