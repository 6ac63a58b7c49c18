import type { SMTPPoolOptions } from "nodemailer/lib/smtp-pool";
import * as z from "zod";
import { senderOf } from "@/lib/config/delivery-values";
import { isLoopbackHost } from "@/lib/config/values";
import type { Carry, MailMessage, Outcome } from "@/lib/delivery/channel";
import { machineHeaders, oddAddress, oneLine } from "@/lib/delivery/mail-parts";
import { answered, codeOf, unreached } from "@/lib/delivery/reason";
import { ensure } from "@/lib/kernel/assert";
import { seconds } from "@/lib/kernel/duration";
import { late } from "@/lib/kernel/late";

type Smtp = { readonly url: string; readonly from: string };

/**
 * The way to a mail server, over nodemailer; the client is loaded with the first mail. Connections are kept for half a minute, so that
 * a queue leaves over one. The key becomes the Message-ID: where an answer was lost, the second copy has the same one.
 */
export function smtpCarrier(settings: Smtp): { readonly carry: Carry<MailMessage>; readonly close: () => void } {
  let opened: ReturnType<typeof openTransport> | null = null;
  const sender = senderOf(settings.from);
  ensure(sender, "MAIL_FROM was checked");
  const domain = sender.address.slice(sender.address.lastIndexOf("@") + 1);
  const carry: Carry<MailMessage> = async (message, key, signal) => {
    const odd = oddAddress(message);
    if (odd) return odd;
    opened ??= openTransport(settings.url, domain);
    const transport = await opened;
    try {
      await transport.sendMail({
        from: { name: sender.name ?? "", address: sender.address },
        to: { name: "", address: message.to },
        subject: oneLine(message.subject),
        text: message.text,
        html: message.html,
        messageId: `<${key}@${domain}>`,
        headers: machineHeaders,
        xMailer: false,
        signal,
      });
      return { kind: "sent" };
    } catch (fault) {
      return judge(fault);
    }
  };
  return { carry, close: () => void opened?.then((transport) => transport.close()) };
}

/** Knocks at a mail server and shows its account, without a letter. Out: null where it lets us in, else why not, in a sentence without a secret. */
export async function smtpMistake(url: string): Promise<string | null> {
  const transport = await openTransport(url, "localhost");
  try {
    await transport.verify();
    return null;
  } catch (fault) {
    const outcome = judge(fault);
    return outcome.kind === "sent" ? null : outcome.reason;
  } finally {
    transport.close();
  }
}

const library = late(() => import("nodemailer"));

async function openTransport(url: string, domain: string) {
  const { createTransport } = await library();
  return createTransport({ ...serverOptions(url), name: domain });
}

/**
 * `SMTP_URL` as nodemailer's options: never a string, which could smuggle options in. STARTTLS is demanded (RFC 8314, 4.1) unless the
 * server is this machine, where plain text does not leave it; a certificate is always checked.
 */
export function serverOptions(address: string): SMTPPoolOptions & { readonly pool: true } {
  const url = new URL(address);
  const [secure, isHere] = [url.protocol === "smtps:", isLoopbackHost(url.hostname)];
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTLS: !secure && !isHere,
    ignoreTLS: !secure && isHere,
    tls: { minVersion: "TLSv1.2" },
    ...(user === "" ? {} : { auth: { user, pass } }),
    pool: true,
    maxConnections: 5,
    maxRequeues: 0,
    idleTimeout: seconds(30),
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
    dnsTimeout: seconds(4),
    connectionTimeout: seconds(4),
    greetingTimeout: seconds(4),
    socketTimeout: seconds(4),
  };
}

/** What nodemailer puts on a fault when the server has spoken. */
const spoken = z.object({
  responseCode: z.number(),
  command: z.string().default(""),
  response: z.string().default(""),
});

/** Only a refusal of this recipient or this mail is for ever; of the sender or the account, the operator can mend it (RFC 5321, 4.2.1). */
function judge(fault: unknown): Outcome {
  const said = spoken.safeParse(fault);
  if (!said.success) return judgeSilence(fault);
  const { responseCode: status, command, response } = said.data;
  const reason = answered("The mail server", status, response.replace(/^\d{3}[ -]/, ""));
  const [isAboutRecipient, isAboutContent] = [command.startsWith("RCPT TO"), command.startsWith("DATA")];
  if (status >= 500 && status !== 503 && (isAboutRecipient || isAboutContent)) return { kind: "never", reason };
  return isAboutRecipient ? { kind: "later", reason, isAboutThisOne: true } : { kind: "later", reason };
}

/** The client itself gives up on an address that this server cannot take (RFC 6531, 3.2: only with SMTPUTF8). */
function judgeSilence(fault: unknown): Outcome {
  if (codeOf(fault) !== "EENVELOPE") return unreached("The mail server", fault);
  return { kind: "never", reason: "The mail server takes no address with letters beyond ASCII." };
}
