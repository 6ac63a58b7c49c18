import type { Config } from "@/lib/config/read-config";
import { unprovenChannels } from "@/lib/delivery/channel-proof";
import { smtpMistake } from "@/lib/delivery/smtp";
import { type Finding, fault, hint, warning } from "@/lib/doctor/finding";
import type { Look, Opened, Settled } from "@/lib/doctor/house";
import { listStuck, type StuckLetters } from "@/lib/doctor/store";
import { restingKinds } from "@/lib/notices/resting-kinds";
import type { ChannelName } from "@/lib/policy/channels";
import { doctorRules } from "@/lib/policy/doctor-rules";

const called = { mail: "email", sms: "text messages" } as const satisfies Record<ChannelName, string>;
const setting = { mail: "MAIL_CHANNEL", sms: "SMS_CHANNEL" } as const satisfies Record<ChannelName, string>;
const testTo = { mail: "mail YOUR@ADDRESS", sms: "sms +YOURNUMBER" } as const satisfies Record<ChannelName, string>;

/** Can letters leave? Of a mail server of one's own the door is tried; to ask a provider would cost a letter. */
export const lookAtMail: Look<Settled> = async ({ config, settings }) => {
  if (config.mail.kind === "off" && !settings.unread.has("MAIL_CHANNEL"))
    return [
      hint(
        "mail.off",
        "No mail leaves: nobody hears of what happens to their account, and no link for a forgotten password is sent.",
        'Set MAIL_CHANNEL (docs/operate.md, "Mail and text messages"), then prove it: npm run portal -- send-test mail YOUR@ADDRESS',
      ),
    ];
  const why = await whyNoMail(config);
  if (why === null) return [];
  return [
    fault(
      "mail.refused",
      `Mail does not leave: ${why}`,
      "Correct SMTP_URL, or see why the mail server refuses this machine; then npm run portal -- send-test mail YOUR@ADDRESS",
    ),
  ];
};

const whyNoMail = async ({ mail }: Config): Promise<string | null> =>
  mail.kind === "smtp" ? smtpMistake(mail.url.reveal()) : null;

/** Channels that nobody has tried with these settings, and letters that do not leave. */
export const lookAtLetters: Look<Opened> = async ({ database: { ctx }, settings }) => {
  const unproven = settings.unread.has("PORTAL_KEYS") ? [] : await unprovenChannels(ctx);
  const stuck = await listStuck(ctx, { ...doctorRules.letters, resting: restingKinds() });
  return [
    ...unproven.map((channel) =>
      warning(
        "letters.unproven",
        `${setting[channel]} has not delivered a test letter with its present settings: codes by ${called[channel]} stay off.`,
        `Send one: npm run portal -- send-test ${testTo[channel]}`,
      ),
    ),
    ...stuck.flatMap(stuckLetters),
  ];
};

function stuckLetters({ channel, late, parked, lastFault }: StuckLetters): readonly Finding[] {
  const last = lastFault === null ? "" : ` The last fault: ${lastFault.replace(/\.$/, "")}.`;
  return [
    late > 0
      ? fault(
          "letters.late",
          `Letters by ${called[channel]} that wait longer than they should: ${late}.${last}`,
          `Mend the channel, or, where there is no fault, start a portal with ${setting[channel]} on: they leave by themselves. See them: npm run portal -- letters`,
        )
      : null,
    parked > 0
      ? warning(
          "letters.parked",
          `Letters by ${called[channel]} that were given up since yesterday, so that somebody was not told something: ${parked}.${last}`,
          "Mend the channel, then: npm run portal -- letters retry all",
        )
      : null,
  ].filter((each) => each !== null);
}
