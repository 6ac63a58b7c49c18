import type { Config } from "@/lib/config/read-config";
import { namePrefix } from "@/lib/cookies/cookies";
import type { ChannelName } from "@/lib/policy/channels";
import type { FirstLink } from "@/lib/setup/issue-setup-link";

/** What an operator reads when the configuration ends the start: every mistake in one go. */
export function mistakesText(mistakes: readonly string[]): string {
  const list = mistakes.map((mistake) => `  - ${mistake}`).join("\n");
  return `The portal cannot start. Its configuration has these mistakes:\n${list}\nThe keys are explained in docs/operate.md.\n`;
}

/** Which kind they are, so that nobody wonders in the browser's tools. */
function cookiesText(address: Pick<Config, "appUrl" | "isHttps">): string {
  const name = `${namePrefix(address)}…`;
  if (address.isHttps) return `Cookies are kept to https and to this host (${name}).`;
  return `Cookies work over plain http (${name}): for this machine only, to try it out.`;
}

/** What an operator reads at the start about the address: its cookies, and that it has no name for passkeys to belong to. */
export const addressTexts = (house: Pick<Config, "appUrl" | "isHttps" | "relyingParty">): readonly string[] => [
  cookiesText(house),
  ...(house.relyingParty === null ? [noPasskeysText] : []),
];

const noPasskeysText =
  "Passkeys are off: they belong to a name, and the APP_URL of this portal has none (http://localhost has one).";

/** What an operator reads at the start while nobody can use a kind that is listed. */
export function unprovenText(channel: ChannelName): string {
  const [codes, to] = channel === "mail" ? ["Email", "YOUR@ADDRESS"] : ["SMS", "+YOURNUMBER"];
  return `${codes} codes stay off until the channel is proven: npm run portal -- send-test ${channel} ${to}`;
}

/** What an operator reads at the start while nothing can be decided, because this machine and its database do not agree on the hour. */
export const wrongHourText =
  'The clock of this machine is far from the database\'s, or cannot be compared with it: everybody reads "later" until both agree (docs/operate.md, "The clock").';

/** What an operator reads at the start until there is a first administrator: the link, or where it stands. */
export function setupText(first: FirstLink): string {
  if (first.kind === "made")
    return `There is no administrator yet. Make the first one here (this link works once):\n  ${first.link}`;
  const at = `${first.madeAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `There is no administrator yet. The portal ${first.portal} has printed the link for the first one at ${at}; it is still good. A new one: npm run portal -- setup-link`;
}
