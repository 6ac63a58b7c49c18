import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Carry, MailMessage, SmsMessage } from "@/lib/delivery/channel";
import type { Clock } from "@/lib/kernel/clock";
import { type ChannelName, channelNames } from "@/lib/policy/channels";

/** Older letters go when there are more. */
const kept = 200;

const letter = z.object({
  id: z.string(),
  channel: z.enum(channelNames),
  to: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  /** ISO 8601, UTC. */
  at: z.string(),
});

/** A letter in the mailbox for developers. */
export type MailboxLetter = Readonly<z.infer<typeof letter>>;

type Mailbox = { readonly folder: string; readonly clock: Clock };

/** The way into the mailbox for mail. */
export function mailboxForMail(mailbox: Mailbox): Carry<MailMessage> {
  return (message, key) => put(mailbox, { channel: "mail", ...message }, key);
}

/** The way into the mailbox for text messages. */
export function mailboxForSms(mailbox: Mailbox): Carry<SmsMessage> {
  return (message, key) => put(mailbox, { channel: "sms", subject: null, html: null, ...message }, key);
}

/** Where the mailbox of a data folder is. */
export const mailboxFolder = (dataDir: string): string => join(dataDir, "mailbox");

/** Every letter, newest first; what is no letter is passed over. */
export async function listMailbox(folder: string): Promise<readonly MailboxLetter[]> {
  const letters = await Promise.all((await namesIn(folder)).map((name) => readLetter(join(folder, name))));
  return letters.filter((one) => one !== null).sort((a, b) => b.at.localeCompare(a.at));
}

/** One letter by its id; null when it is not (or no longer) there. */
export async function findInMailbox(folder: string, id: string): Promise<MailboxLetter | null> {
  return /^[\w-]{1,128}$/.test(id) ? readLetter(join(folder, `${id}.json`)) : null;
}

type Content = Omit<MailboxLetter, "id" | "at"> & { readonly channel: ChannelName };

/** Written beside its place and moved there: nobody reads half a letter. The same key twice is one letter. */
async function put({ folder, clock }: Mailbox, content: Content, key: string): Promise<{ readonly kind: "sent" }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written: MailboxLetter = { ...content, id: key, at: clock.now().toISOString() };
  const draft = join(folder, `${key}.${process.pid}.draft`);
  await writeFile(draft, JSON.stringify(written, null, 2), { mode: 0o600 });
  await rename(draft, join(folder, `${key}.json`));
  await dropOldest(folder);
  return { kind: "sent" };
}

/** When each letter of a full folder was written, by its file: two hundred letters are read once, not at every further one. */
const datesIn = new Map<string, ReadonlyMap<string, string>>();

async function dropOldest(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length <= kept) return;
  const known = datesIn.get(folder);
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: known?.get(name) ?? (await readLetter(join(folder, name)))?.at })),
  );
  const letters = dated.flatMap(({ name, at }) => (at === undefined ? [] : [{ name, at }]));
  letters.sort((a, b) => b.at.localeCompare(a.at));
  datesIn.set(folder, new Map(letters.slice(0, kept).map(({ name, at }) => [name, at])));
  await Promise.all(letters.slice(kept).map(({ name }) => rm(join(folder, name), { force: true })));
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []); // no folder yet: no letter yet
  return names.filter((name) => name.endsWith(".json"));
}

async function readLetter(path: string): Promise<MailboxLetter | null> {
  try {
    return letter.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null; // another process has just dropped it, or it is none of ours
  }
}
