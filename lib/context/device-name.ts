import { say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

/** What a browser says it is. Anybody may say anything: good for recognising one's own device, for nothing else. */
export type Device = { readonly browser: string | null; readonly system: string | null };

/** What the command line says it is. */
export const commandAgent = "npm run portal";

/** An expression, the name that it tells, and a word that must stand there too. */
type Sign = readonly [pattern: RegExp, name: string, word?: string];

/** The first that fits counts: most browsers also name the ones that they descend from. */
const browsers: readonly Sign[] = [
  [/\b(?:Edg|EdgA|EdgiOS|Edge)\//, "Edge"],
  [/\b(?:OPR|Opera|OPT)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bMicroMessenger\//, "WeChat"],
  [/\b(?:UCBrowser|UBrowser)\//, "UC Browser"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chromium)\//, "Chromium"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari", "Version/"], // others say Safari too, without a version of their own
];

const systems: readonly Sign[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bHarmonyOS\b|\bOpenHarmony\b/, "HarmonyOS"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac ?OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

const firstFit = (agent: string, names: readonly Sign[]) =>
  names.find(([pattern, , word = ""]) => agent.includes(word) && pattern.test(agent))?.[1] ?? null;

/** Reads a User-Agent header; nulls for what it does not tell. Never repeats the header: a stranger wrote it. */
export function deviceOf(agent: string): Device {
  const short = agent.slice(0, 512); // patterns on a header of any length would be a stranger's lever
  return { browser: firstFit(short, browsers), system: firstFit(short, systems) };
}

/** "Firefox on Windows", in the reader's language. */
export function deviceName(agent: string, language: Language): string {
  if (agent === commandAgent) return say(language, "letters.command_line_name");
  const { browser, system } = deviceOf(agent);
  if (browser === null && system === null) return say(language, "letters.unknown_browser_name");
  return say(language, "letters.device_name", {
    browser: browser ?? say(language, "letters.some_browser_name"),
    system: system ?? say(language, "letters.some_system_name"),
  });
}
