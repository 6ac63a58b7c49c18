import { resolve } from "node:path";
import type * as z from "zod";
import { appEntry, type ConfiguredApp } from "@/lib/config/app-shape";
import { fileText } from "@/scripts/file-text.mjs";
import { readOrdinaryFile } from "@/scripts/ordinary-file.mjs";

/** The apps of the file, and everything that is wrong with it. With a mistake the start ends, so that nobody sees half of them. */
export type AppsReading = { readonly apps: readonly ConfiguredApp[]; readonly mistakes: readonly string[] };

/**
 * Reads the file that `APPS_FILE` names: a JSON list of apps. A relative path starts at `folder`. Every mistake is a sentence that begins with
 * the key, says which app (the first one is app 1) and which field, and never shows a value.
 */
export function readAppsFile(file: string | undefined, folder: string): AppsReading {
  if (file === undefined) return { apps: [], mistakes: [] };
  const { bytes, mistake: odd = "cannot be read." } = readOrdinaryFile(resolve(folder, file));
  if (bytes === undefined) return mistaken(`names a file that ${odd}`);
  const { text, mistake } = fileText(bytes);
  if (mistake !== undefined) return mistaken(`names a file that ${mistake}`);
  const entries = parsed(text);
  if (!Array.isArray(entries)) return mistaken("must hold a JSON list of apps, between [ and ].");
  const readings = entries.map((entry: unknown) => appEntry.safeParse(entry));
  const apps = readings.flatMap(({ data }) => (data === undefined ? [] : [Object.freeze(data)]));
  const wrong = readings.flatMap(({ error }, place) => (error ? sentencesOf(error.issues, place) : []));
  return { apps: Object.freeze(apps), mistakes: [...wrong, ...mistakesTogether(apps)] };
}

const mistaken = (sentence: string): AppsReading => ({ apps: [], mistakes: [`APPS_FILE ${sentence}`] });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // what is no JSON is no list either
  }
}

/** `APPS_FILE app 2, origins 1 must be …`. */
function sentencesOf(issues: readonly z.core.$ZodIssue[], place: number): string[] {
  return issues.map(({ path, message }) => {
    const [field, entry] = path;
    const where = field === undefined ? "" : `, ${String(field)}${typeof entry === "number" ? ` ${entry + 1}` : ""}`;
    return `APPS_FILE app ${place + 1}${where} ${message}`;
  });
}

/** Rules that look at two apps. */
function mistakesTogether(apps: readonly ConfiguredApp[]): string[] {
  const ids = new Set(apps.map(({ id }) => id));
  return [
    ...(ids.size < apps.length ? ["APPS_FILE gives one id to two apps."] : []),
    ...(apps.filter(({ isDefault }) => isDefault).length > 1 ? ["APPS_FILE names two default apps."] : []),
  ];
}
