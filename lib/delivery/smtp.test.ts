import { afterEach, describe, expect, test } from "vitest";
import type { MailMessage } from "@/lib/delivery/channel";
import { aMail, channelOf, expectDiscreet, hangs, reasonOf } from "@/lib/delivery/delivery.kit";
import { serverOptions, smtpCarrier } from "@/lib/delivery/smtp";
import { type SmtpSink, startSmtpSink } from "@/lib/testing/stand-ins/smtp-sink";

const from = '"The Castle, Inc." <no-reply@castle.test>';
const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function house(wishes: Parameters<typeof startSmtpSink>[0] = {}, change: (url: string) => string = (url) => url) {
  const sink = await startSmtpSink(wishes);
  const { carry, close } = smtpCarrier({ url: change(sink.url), from });
  open.push(close, sink.close);
  return { sink, channel: channelOf(carry) };
}

const onlyMail = ({ mails }: SmtpSink) => {
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  if (mail === undefined) throw new Error("There is no mail.");
  return mail;
};

describe("a mail by SMTP", () => {
  test("arrives with both texts, both alphabets and its own name", async () => {
    const { sink, channel } = await house();
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    const mail = onlyMail(sink);
    expect(mail).toMatchObject({ from: "no-reply@castle.test", to: ["grace@example.test"] });
    expect(mail.parsed).toMatchObject({ subject: aMail.subject, messageId: "<letter-1@castle.test>" });
    expect(mail.parsed.from).toMatchObject({ name: "The Castle, Inc.", address: "no-reply@castle.test" });
    expect(mail.parsed.text?.trim()).toBe(aMail.text);
    expect(mail.parsed.html?.trim()).toBe(aMail.html);
    expect(mail.header("auto-submitted")).toBe("auto-generated");
    expect(mail.header("content-type")).toContain("multipart/alternative");
    expect(mail.header("x-mailer")).toBeUndefined();
    expect(mail.raw).not.toMatch(/https?:\/\//);
    expect([...mail.raw].every((letter) => letter.charCodeAt(0) < 128)).toBe(true);
  });

  test("shares a connection with the next one", async () => {
    const { sink, channel } = await house();
    for (const key of ["one", "two", "three"]) expect(await channel.send(aMail, key)).toEqual({ kind: "sent" });
    expect(sink.connections()).toBe(1);
    expect(sink.mails.map(({ parsed }) => parsed.messageId)).toEqual([
      "<one@castle.test>",
      "<two@castle.test>",
      "<three@castle.test>",
    ]);
  });

  test.each<[string, Partial<MailMessage>]>([
    ["a second header behind the address", { to: "grace@example.test\r\nBcc: all@example.test" }],
    ["a second address", { to: "grace@example.test, all@example.test" }],
    ["a second address with a name", { to: "Grace <grace@example.test>, <all@example.test>" }],
    ["an address in another one", { to: "<all@example.test>grace@example.test" }],
    ["a group", { to: "all: a@example.test;" }],
    ["no address", { to: "" }],
    ["500 letters", { to: `${"a".repeat(500)}@example.test` }],
  ])("with %s never reaches a server", async (_, part) => {
    const { sink, channel } = await house();
    expect((await channel.send({ ...aMail, ...part }, "odd")).kind).toBe("never");
    expect(sink.connections()).toBe(0);
  });

  test("cannot grow a header out of its subject", async () => {
    const { sink, channel } = await house();
    const subject = "Hello\r\nBcc: all@example.test\r\n\r\n<b>body</b>\u2028X-More: 1";
    expect(await channel.send({ ...aMail, subject }, "injected")).toEqual({ kind: "sent" });
    const mail = onlyMail(sink);
    expect(mail.to).toEqual(["grace@example.test"]);
    expect([mail.header("bcc"), mail.header("x-more")]).toEqual([undefined, undefined]);
    expect(mail.parsed.subject).toBe("Hello Bcc: all@example.test <b>body</b> X-More: 1");
    expect(mail.parsed.text?.trim()).toBe(aMail.text);
  });
});

describe("a mail server", () => {
  test.each([
    ["refuse", "never", "550"],
    ["refuse content", "never", "554"],
    ["greylist", "later", "451"],
    ["refuse sender", "later", "553"],
  ] as const)("in the mood to %s is answered %s", async (mood, kind, code) => {
    const { sink, channel } = await house();
    sink.mood(mood);
    const outcome = await channel.send(aMail, "letter-1");
    expect(outcome.kind).toBe(kind);
    expect(reasonOf(outcome)).toContain(code);
    expectDiscreet(outcome, ["ada@example.test", "123456"]);
    sink.mood("take");
    expect(await channel.send(aMail, "letter-2")).toEqual({ kind: "sent" });
  });

  test("that takes a mail and hangs up leaves it to be sent again under the same name", async () => {
    const { sink, channel } = await house();
    sink.mood("vanish");
    expect((await channel.send(aMail, "letter-1")).kind).toBe("later");
    sink.mood("take");
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    expect(sink.mails.map(({ parsed }) => parsed.messageId)).toEqual(Array(2).fill("<letter-1@castle.test>"));
  });

  test("is told the account, in any letters", async () => {
    const account = { user: "ada@castle.test", pass: "p@ss:w/ö%rd" };
    const { sink, channel } = await house({ account });
    expect(await channel.send(aMail, "letter-1")).toEqual({ kind: "sent" });
    expect(onlyMail(sink).isAuthenticated).toBe(true);
  });

  test("that does not know the account is tried later: the operator can mend it", async () => {
    const account = { user: "ada", pass: "lovelace-lovelace" };
    const { channel } = await house({ account }, (url) => url.replace("lovelace-lovelace", "babbage-babbage"));
    const outcome = await channel.send(aMail, "letter-1");
    expect(outcome).toMatchObject({ kind: "later", reason: expect.stringContaining("535") });
    expectDiscreet(outcome, ["babbage", "lovelace"]);
  });

  test("that is not there is tried later", async () => {
    const { sink, channel } = await house();
    await sink.close();
    expect(await channel.send(aMail, "letter-1")).toEqual({
      kind: "later",
      reason: "The mail server could not be reached (ECONNREFUSED).",
    });
  });

  test("with a certificate that nobody signed gets no mail", async () => {
    const { sink, channel } = await house({ isSecure: true });
    expect((await channel.send(aMail, "letter-1")).kind).toBe("later");
    expect(sink.mails).toHaveLength(0);
  });

  describe("in silence", () => {
    hangs(async () => {
      const { sink, channel } = await house();
      return { channel, message: aMail, hang: () => sink.mood("hang") };
    });
  });
});

test.each([
  [
    "smtp://mail.castle.test",
    { host: "mail.castle.test", port: 587, secure: false, requireTLS: true, ignoreTLS: false },
  ],
  ["smtp://127.0.0.1:2525", { host: "127.0.0.1", port: 2525, secure: false, requireTLS: false, ignoreTLS: true }],
  ["smtp://LOCALHOST.:2525", { port: 2525, secure: false, requireTLS: false, ignoreTLS: true }],
  ["smtp://[::1]:25", { host: "::1", port: 25, requireTLS: false }],
  ["smtps://ada:%C3%B6@mail.castle.test", { port: 465, secure: true, auth: { user: "ada", pass: "ö" } }],
])("%s is spoken to as it should be", (url, options) => {
  expect(serverOptions(url)).toMatchObject({ ...options, disableFileAccess: true, disableUrlAccess: true });
  expect(serverOptions(url).tls).toEqual({ minVersion: "TLSv1.2" });
});
