import { expect, test } from "vitest";
import { noteMail } from "@/lib/notices/note-mail";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse();

test("a start notes whether mail is on where that is another way than before, and says nothing else", async () => {
  const isOff = { MAIL_CHANNEL: "off" };
  const starts = [isOff, isOff, sendingSettings, sendingSettings, isOff];
  const noted = [];
  for (const settings of starts) {
    setSettings(settings);
    await noteMail(house.ctx);
    const told = await house.db.securityEvent.findMany({ where: { name: "mail.switched" }, orderBy: { id: "asc" } });
    noted.push(told.map(({ meta }) => meta));
  }
  const [off, on] = [{ on: false }, { on: true }];
  expect(noted).toEqual([[off], [off], [off, on], [off, on], [off, on, off]]);
});
