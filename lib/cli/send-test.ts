import { recordEvent } from "@/lib/audit/record-event";
import type { Outcome as Answer, Command } from "@/lib/cli/command";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import type { Outcome } from "@/lib/delivery/channel";
import { noteProof } from "@/lib/delivery/channel-proof";
import { closeChannels, mailChannel, smsChannel } from "@/lib/delivery/channels";
import { mailboxFolder } from "@/lib/delivery/mailbox";
import { ensure } from "@/lib/kernel/assert";
import { channelTest } from "@/lib/letters/kinds/channel-test";
import { ownKinds } from "@/lib/letters/kinds/own-kinds";
import type { OpenLetter } from "@/lib/letters/open-letter";
import { writeMail, writeSms } from "@/lib/letters/write-letter";
import type { ChannelName } from "@/lib/policy/channels";
import { readEmail } from "@/lib/users/contact-rules";
import { type PhoneReading, readPhone } from "@/lib/users/phone-number";

export const sendTest: Command = {
  name: "send-test",
  takes: ["mail|sms", "TO"],
  flags: {},
  summary: "Send a test letter and so prove a channel.",
  details:
    "TO is an email address, or a number such as +447400123456. The letter leaves at once and is not tried again. Until a channel has\ndelivered one with its present settings, nobody can use email or SMS codes; after a change of its settings send another.",
  run: async ({ ctx, typed }) => {
    const [word = "", to = ""] = typed.positionals;
    if (word !== "mail" && word !== "sms") {
      return { kind: "misused", text: `${JSON.stringify(word)} is no channel: say mail or sms.` };
    }
    const refused = closedChannel(word);
    if (refused) return refused;
    try {
      return word === "mail" ? await testMail(ctx, readEmail(to)) : await testSms(ctx, to);
    } finally {
      closeChannels();
    }
  },
};

/** The refusal when nothing can leave by this channel. */
function closedChannel(channel: ChannelName): Answer | null {
  const { mail, sms, phones } = config();
  const [kind, key] = channel === "mail" ? [mail.kind, "MAIL_CHANNEL"] : [sms.kind, "SMS_CHANNEL"];
  if (kind === "off") {
    const text = `${key} is off: choose a channel first. docs/operate.md explains how.`;
    return { kind: "refused", id: "channel.off", text };
  }
  if (channel === "mail" || phones.enabled) return null;
  return { kind: "refused", id: "channel.stopped", text: "SMS_ENABLED is false: no text message leaves." };
}

async function testMail(ctx: Ctx, to: string): Promise<Answer> {
  const message = await writeMail(testLetter(ctx, to), ownKinds);
  const channel = mailChannel();
  ensure(message && channel, "the channel is on and the test letter has a text");
  return tell(ctx, { channel: "mail", to, outcome: await channel.send(message, ctx.random.id()) });
}

async function testSms(ctx: Ctx, typed: string): Promise<Answer> {
  const read = readPhone(typed, config().phones);
  if (read.kind !== "ok") return { kind: "refused", id: `phone.${read.kind}`, text: oddNumbers[read.kind] };
  const message = writeSms(testLetter(ctx, read.number), ownKinds);
  const channel = smsChannel();
  ensure(message && channel, "the channel is on and the test letter has a text");
  const outcome = await channel.send(message, ctx.random.id());
  return tell(ctx, { channel: "sms", to: read.number, outcome });
}

const oddNumbers: Readonly<Record<Exclude<PhoneReading["kind"], "ok">, string>> = {
  malformed: "That is no telephone number. Write it with its country code, such as +447400123456.",
  extension: "A text message does not arrive at an extension. Give the number of a mobile telephone alone.",
  not_served: "SMS_COUNTRIES does not name the country of that number.",
  not_mobile: "That is not the number of a mobile telephone.",
};

function testLetter({ language }: Ctx, to: string): OpenLetter {
  return { to, ...channelTest.telling({}), language, repeats: 0, hasAccount: false };
}

type Tested = { readonly channel: ChannelName; readonly to: string; readonly outcome: Outcome };

async function tell(ctx: Ctx, { channel, to, outcome }: Tested): Promise<Answer> {
  const { mail, sms } = config();
  const data = { channel, by: channel === "mail" ? mail.kind : sms.kind, to, proven: outcome.kind === "sent" };
  const event = { subjectId: null, actorId: null, meta: { channel, by: "cli" } } as const;
  if (outcome.kind !== "sent") {
    await recordEvent(ctx, { name: "channel.test_failed", ...event });
    const text = `The test letter was not taken. ${outcome.reason} The channel is as it was: mend it and try again.`;
    return { kind: "refused", id: "channel.test_failed", data, text };
  }
  await inTransaction(ctx, async (tx) => {
    await noteProof(tx, channel);
    await recordEvent(tx, { name: "channel.proven", ...event });
  });
  return {
    kind: "done",
    data,
    text: `The test letter to ${to} was taken. The channel is proven. ${whereToLook(data.by)}`,
  };
}

/** Its page is there under `npm run dev` only; the file is there always. */
const whereToLook = (by: string): string =>
  by === "mailbox"
    ? `It lies in ${mailboxFolder(config().dataDir)}.`
    : "Look whether it arrives: only you can see that.";
