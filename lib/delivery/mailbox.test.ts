import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aMail, aText, channelOf } from "@/lib/delivery/delivery.kit";
import { findInMailbox, listMailbox, mailboxForMail, mailboxForSms } from "@/lib/delivery/mailbox";
import { fixedClock } from "@/lib/kernel/clock";
import { seconds } from "@/lib/kernel/duration";

function house() {
  const folder = join(mkdtempSync(join(tmpdir(), "sallyport-mailbox-")), "mailbox");
  const clock = fixedClock(new Date("2030-01-07T09:00:00Z"));
  return {
    folder,
    clock,
    mail: channelOf(mailboxForMail({ folder, clock })),
    sms: channelOf(mailboxForSms({ folder, clock })),
  };
}

test("letters lie there, the newest on top, readable by their owner only", async () => {
  const { folder, clock, mail, sms } = house();
  expect(await listMailbox(folder)).toEqual([]);
  expect(await mail.send(aMail, "letter-1")).toEqual({ kind: "sent" });
  clock.move(seconds(1));
  expect(await sms.send(aText, "letter-2")).toEqual({ kind: "sent" });
  const [second, first] = await listMailbox(folder);
  expect(first).toEqual({ ...aMail, channel: "mail", id: "letter-1", at: "2030-01-07T09:00:00.000Z" });
  expect(second).toMatchObject({ ...aText, channel: "sms", id: "letter-2", subject: null, html: null });
  expect(statSync(join(folder, "letter-1.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["letter-1.json", "letter-2.json"]);
});

test("the same letter twice is one", async () => {
  const { folder, mail } = house();
  await Promise.all([mail.send(aMail, "letter-1"), mail.send(aMail, "letter-1")]);
  expect(await listMailbox(folder)).toHaveLength(1);
});

test("two hundred are kept, the oldest go", async () => {
  const { folder, clock, sms } = house();
  for (let number = 0; number < 203; number += 1) {
    await sms.send(aText, `letter-${number}`);
    clock.move(seconds(1));
  }
  expect(await listMailbox(folder)).toHaveLength(200);
  expect(await findInMailbox(folder, "letter-2")).toBeNull();
  expect(await findInMailbox(folder, "letter-3")).not.toBeNull();
});

test("a full mailbox reads what lies there once, not again at every further letter", async () => {
  const { folder, clock, sms } = house();
  const put = async (number: number) => {
    await sms.send(aText, `letter-${number}`);
    clock.move(seconds(1));
  };
  for (let number = 0; number <= 200; number += 1) await put(number);
  const path = join(folder, "letter-1.json");
  writeFileSync(path, "{"); // whoever read it again would take it for no letter, and leave it
  await put(201);
  expect(existsSync(path)).toBe(false);
});

test("only letters are found, and only in the mailbox", async () => {
  const { folder, mail } = house();
  await mail.send(aMail, "letter-1");
  writeFileSync(join(folder, "half.json"), '{"id":');
  writeFileSync(
    join(folder, "..", "outside.json"),
    JSON.stringify({ ...aMail, id: "outside", channel: "mail", at: "" }),
  );
  expect((await listMailbox(folder)).map(({ id }) => id)).toEqual(["letter-1"]);
  for (const id of ["../outside", "..%2foutside", "half", "", "a".repeat(500)])
    expect(await findInMailbox(folder, id)).toBeNull();
});
