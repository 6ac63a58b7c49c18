import { readLogo } from "@/lib/config/logo";
import { isLoopbackHost } from "@/lib/config/values";
import { fault, hint, splitSentence, warning } from "@/lib/doctor/finding";
import type { Look, Settled } from "@/lib/doctor/house";
import { kindBy } from "@/lib/policy/kinds";

const correct = 'Correct it in .env (docs/operate.md, "Configuration", has every key), and start the portal again.';

/** What the scripts refuse a start for: the file of settings, the data folder, the system. */
export const lookAtGround: Look = ({ objections }) =>
  objections.flatMap(oneByOne).map((objection) => {
    const { what, cure } = splitSentence(objection, "Correct that, and ask again.");
    return fault("ground.refused", what, cure);
  });

/** A list of several, each with its own cure: a head, lines that begin with a dash, and what to do with all of them. */
function oneByOne(objection: string): readonly string[] {
  const [head = "", ...rest] = objection.split("\n");
  const listed = rest.filter((line) => line.startsWith("  - "));
  const tail = rest.filter((line) => !line.startsWith("  - ")).map((line) => ` ${line.trim()}`);
  if (listed.length === 0) return [objection];
  return listed.map((line) => `${head.replace(/:$/, "")}: ${line.slice(4)}${tail.join("")}`);
}

const writtenOnce =
  "In a new folder npm start writes it; in an old one bring .env back from its copy, because a fresh one opens nothing that is stored.";

/** Every mistake that would end a start. */
export const lookAtMistakes: Look = ({ settings }) =>
  settings.mistakes.map((mistake) => {
    const isMissing = /^(?:PORTAL_KEYS|AUTH_SECRET) is missing/.test(mistake);
    return isMissing
      ? fault("settings.mistake", `${mistake.split(":", 1)[0]}.`, writtenOnce)
      : fault("settings.mistake", mistake, correct);
  });

/** Settings that are right one by one, and odd together. */
export const lookAtSettings: Look<Settled> = ({ config }) => {
  const { isLoopback, host, devTools, isHttps, trustedProxies, phones, secondFactor, appUrl } = config;
  const byText = kindBy("sms");
  const isOpenToOthers = isLoopback && !isLoopbackHost(host);
  return [
    isOpenToOthers
      ? warning(
          "settings.only_here",
          `HOST lets other machines in, but APP_URL is ${appUrl}, so whatever they ask for is answered with 421.`,
          "Set APP_URL to the https address that people type, or HOST=127.0.0.1 if the portal is for this machine only.",
        )
      : null,
    devTools
      ? warning(
          "settings.dev_tools",
          "DEV_TOOLS is on: helps for developers are there that a portal with people in it must not have.",
          "Set DEV_TOOLS=false and start the portal again.",
        )
      : null,
    isHttps && trustedProxies.length === 0
      ? warning(
          "settings.trusts_nobody",
          "APP_URL is https, so a proxy stands in front, but TRUSTED_PROXIES names none: everybody behind it counts as one visitor.",
          "Set TRUSTED_PROXIES to the address from which the proxy reaches the portal, often 127.0.0.1, and start again.",
        )
      : null,
    !phones.enabled && secondFactor.kinds.some((kind) => kind === byText)
      ? warning(
          "settings.sms_stopped",
          "SMS_ENABLED is false while SECOND_FACTOR_KINDS lists sms: whoever has nothing but a number needs a recovery code.",
          "Set SMS_ENABLED=true when the reason for the stop is over, or take sms out of SECOND_FACTOR_KINDS.",
        )
      : null,
  ].filter((found) => found !== null);
};

/** The file may have been exchanged under a portal that runs. That it is not there ends a start, and is told as a mistake. */
export const lookAtLogo: Look<Settled> = ({ config: { brand } }) => {
  const why = brand.logoFile === null ? undefined : readLogo(brand.logoFile).why;
  if (why === undefined) return [];
  return [
    hint(
      "settings.logo",
      `BRAND_LOGO_FILE names a file that ${why} Pages show the portal's name alone.`,
      "Put a picture there that the account of the portal can read; it is shown without a start.",
    ),
  ];
};
