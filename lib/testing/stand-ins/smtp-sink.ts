import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/**
 * What the server does with the next mails: take them, refuse the recipient for ever (550) or for now (451), refuse the sender (553) or
 * the content (554), say nothing more, or take the mail and hang up without a word.
 */
export type SmtpMood = "take" | "refuse" | "greylist" | "refuse sender" | "refuse content" | "hang" | "vanish";

/** A mail as it arrived. `headers`: names in lower case. */
export type SunkMail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly parsed: Email;
  readonly header: (name: string) => string | undefined;
  readonly isAuthenticated: boolean;
};

type Wishes = {
  /** Demands this account; without it anybody may send. */
  readonly account?: { readonly user: string; readonly pass: string };
  /** TLS from the first byte, with a certificate that nobody has signed. */
  readonly isSecure?: boolean;
};

export type SmtpSink = {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly port: number;
  readonly mails: readonly SunkMail[];
  /** From the next mail on. */
  readonly mood: (mood: SmtpMood) => void;
  /** Connections that were opened so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

const replies: Partial<
  Record<SmtpMood, { readonly at: "rcpt" | "mail" | "data"; readonly code: number; readonly text: string }>
> = {
  refuse: { at: "rcpt", code: 550, text: "5.1.1 There is no ada@example.test here" },
  greylist: { at: "rcpt", code: 451, text: "4.7.1 Greylisted, come back in 300 seconds" },
  "refuse sender": { at: "mail", code: 553, text: "5.7.1 That sender is not yours" },
  "refuse content": { at: "data", code: 554, text: "5.6.0 This looks like junk: 123456" },
};

const wrongPassword = Object.assign(new Error("5.7.8 That is not the password"), { responseCode: 535 });

const inUrl = (account: Wishes["account"]): string =>
  account ? `${encodeURIComponent(account.user)}:${encodeURIComponent(account.pass)}@` : "";

/** A real SMTP server on loopback that keeps what it gets. */
export async function startSmtpSink({ account, isSecure = false }: Wishes = {}): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  let mood: SmtpMood = "take";
  let connections = 0;
  const judged = (at: "rcpt" | "mail" | "data", done: (fault?: Error | null) => void): void => {
    const reply = replies[mood];
    if (mood === "hang" && at === "rcpt") return;
    done(reply?.at === at ? Object.assign(new Error(reply.text), { responseCode: reply.code }) : null);
  };
  const server = new SMTPServer({
    secure: isSecure,
    authOptional: account === undefined,
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 50,
    onConnect: (_, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ username, password }, _, done) => {
      if (username === account?.user && password === account?.pass) done(null, { user: username });
      else done(wrongPassword);
    },
    onMailFrom: (_, __, done) => judged("mail", done),
    onRcptTo: (_, __, done) => judged("rcpt", done),
    onData: (stream, session, done) => {
      stream.toArray().then(async (parts) => {
        if (replies[mood]?.at !== "data") mails.push(await sunk(Buffer.concat(parts), session));
        if (mood === "vanish") hangUp(server, session);
        else judged("data", done);
      }, done);
    },
  });
  server.on("error", () => undefined); // a client that hangs up in the middle is part of the play
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = addressOf(listening.address());
  return {
    url: `${isSecure ? "smtps" : "smtp"}://${inUrl(account)}127.0.0.1:${port}`,
    port,
    mails,
    connections: () => connections,
    mood: (next) => {
      mood = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function sunk(raw: Buffer, { envelope, user }: SMTPServerSession): Promise<SunkMail> {
  const parsed = await PostalMime.parse(raw);
  return {
    from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    raw: raw.toString("utf8"),
    parsed,
    isAuthenticated: user !== undefined,
    header: (name) => parsed.headers.find(({ key }) => key === name)?.value,
  };
}

/** The connection ends, and with it every word about the mail. */
function hangUp(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return address;
}
