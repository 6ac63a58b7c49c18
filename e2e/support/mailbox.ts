import { randomInt } from "node:crypto";
import { readdir } from "node:fs/promises";
import { expect } from "@playwright/test";
import type { House } from "@/e2e/support/house";
import { findInMailbox, type MailboxLetter, mailboxFolder } from "@/lib/delivery/mailbox";

/** What was read of each folder: a letter is never written anew, and two hundred of other stories lie there, which each look would read again. */
const known = new Map<string, ReadonlyMap<string, MailboxLetter>>();

/** Everything that a portal has sent so far and still has, oldest first. */
export async function lettersOf({ dataDir }: Pick<House, "dataDir">): Promise<readonly MailboxLetter[]> {
  const folder = mailboxFolder(dataDir);
  const names = await readdir(folder).catch(() => []); // no folder yet: no letter yet
  const ids = names.flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -".json".length)] : []));
  const find = async (id: string) => known.get(folder)?.get(id) ?? (await findInMailbox(folder, id));
  const letters = (await Promise.all(ids.map(find))).filter((one) => one !== null);
  known.set(folder, new Map(letters.map((letter) => [letter.id, letter])));
  return letters.sort((a, b) => a.at.localeCompare(b.at));
}

/** Everything that the portal has sent to an address so far, oldest first. */
export async function lettersTo(house: Pick<House, "dataDir">, address: string): Promise<readonly MailboxLetter[]> {
  return (await lettersOf(house)).filter(({ to }) => to === address);
}

/** The codes that were sent to an address, oldest first: six digits in a text message, eight in a mail, on a line of their own or its last. */
export async function codesTo(house: Pick<House, "dataDir">, address: string): Promise<readonly string[]> {
  const letters = await lettersTo(house, address);
  return letters.flatMap(({ text }) => text.match(/^@\S+ #(\d{6})$/m)?.[1] ?? text.match(/^ {4}(\d{8})$/m)?.[1] ?? []);
}

/** The code in the `nth` message to an address that has one; waits until the outbox worker was there. */
export async function codeTo(house: Pick<House, "dataDir">, address: string, nth = 1): Promise<string> {
  let codes: readonly string[] = [];
  const count = async () => {
    codes = await codesTo(house, address);
    return codes.length;
  };
  await expect.poll(count, { message: `${address} gets a code` }).toBeGreaterThanOrEqual(nth);
  return codes[nth - 1] ?? "";
}

/** The path of the link to a new password in the newest letter to an address; waits until the outbox worker was there. */
export async function resetPathTo(house: Pick<House, "dataDir">, address: string): Promise<string> {
  let path: string | undefined;
  const look = async () => {
    const texts = (await lettersTo(house, address)).map(({ text }) => text);
    path = texts.flatMap((text) => /\/reset-password\/rst_[\w-]+/.exec(text)?.[0] ?? []).at(-1);
    return path;
  };
  await expect.poll(look, { message: `${address} gets a link` }).toBeDefined();
  return path ?? "";
}

/** Digits that were not sent: each one is another than in `code`. */
export const wrongDigits = (code: string): string => code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));

/** In each of these areas 555-0100 to 555-0199 are kept free for fiction, so nobody's own number is ever typed here. */
const areas = [201, 202, 212, 213, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 801, 808, 904, 907, 916, 919];
let given = 0;

/** A number that no other story has, as it is stored. Neighbours share a budget, so one area follows the other; the last digits differ too. */
export function someNumber(): string {
  const { TEST_WORKER_INDEX = "0" } = process.env;
  const area = areas[given % areas.length];
  const place = (Number(TEST_WORKER_INDEX) * 13 + given * 7) % 100;
  given += 1;
  return `+1${area}55501${String(place).padStart(2, "0")}`;
}

/** An address that no other story has. */
export const someAddress = (): string => `${randomInt(2 ** 40).toString(36)}@mail.example.test`;
