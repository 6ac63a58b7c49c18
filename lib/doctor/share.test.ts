import { expect, test } from "vitest";
import { mend } from "@/lib/config/mended";
import { settingMeanings } from "@/lib/config/schema";
import { soundHouse } from "@/lib/doctor/doctor.kit";
import { lookAround } from "@/lib/doctor/look-around";
import { shareText } from "@/lib/doctor/share";
import { neighbour } from "@/lib/portals/portals.kit";
import { testSettings } from "@/lib/testing/test-settings";

const house = soundHouse();
type Found = Awaited<ReturnType<typeof house.as>>;
const textOf = async (found: Found) => shareText(found, await lookAround(found));

/** No word of ours holds it. */
const canary = "qzxjcanary";
const names = settingMeanings().map(({ name }) => name);

test("of a sound house it tells what runs, which settings are set, and that nothing was found", async () => {
  const text = await textOf(await house.as());
  expect(text).toMatch(/^Sallyport \d+\.\d+\.\d+, Node 24\.14\.1, /);
  expect(text).toContain("Settings that are set: APP_URL, ");
  expect(text).toContain("mail=resend");
  expect(text).toContain("users: below 10");
  expect(text).toMatch(/Found: nothing$/);
});

test("a secret in any setting is nowhere in it, also where that setting has a mistake", async () => {
  const found = await house.as();
  for (const name of names) {
    const settings = mend({ ...testSettings, [name]: `${canary} of ${name}` }, "/");
    const text = await shareText({ ...found, settings }, []);
    expect(text, name).not.toContain(canary);
    expect(text, name).toContain(name);
  }
  const all = mend(Object.fromEntries(names.map((name) => [name, canary])), "/");
  expect(await textOf({ ...found, settings: all })).not.toContain(canary);
});

test("secrets, addresses and people of a house that works are nowhere in it", async () => {
  house.set({
    APP_URL: `https://${canary}.127.0.0.1.nip.invalid`,
    MAIL_CHANNEL: "smtp",
    MAIL_FROM: `${canary} <${canary}@example.test>`,
    SMTP_URL: `smtp://${canary}:${canary}@127.0.0.1:2`,
    BRAND_NAME: canary,
    BRAND_SUPPORT: `${canary}@example.test`,
    BACKUP_DIR: `/${canary}`,
    AUTH_SECRET: `${canary} and more than thirty-two bytes of it`,
    PORTAL_KEYS: `${canary}:${Buffer.from("0123456789abcdefghijklmnopqrstuv").toString("base64")}`,
  });
  await house.ctx().db.user.updateMany({ data: { email: `${canary}@example.test`, username: canary } });
  await neighbour(house.ctx(), { name: `${canary}:3000`, version: "0.2.0" });
  const fault = Object.assign(new Error(canary), { code: "28P01" });
  const found = await house.as({
    machine: { name: canary },
    objections: [`${canary} is no folder. Move ${canary} away.`],
  });
  const [open, away] = [await textOf(found), await textOf({ ...found, database: { kind: "away", fault } })];
  expect(open).toContain("fault ground.refused");
  expect(away).toContain("fault database.unreachable");
  expect(`${open}${away}`).not.toMatch(/qzxjcanary|example|127\.0|localhost|ada/);
});
