import { expect, test } from "vitest";
import { mend } from "@/lib/config/mended";
import { testSettings } from "@/lib/testing/test-settings";

const folder = import.meta.dirname;

test("a configuration without a mistake is read as it is", () => {
  const { mistakes, unread, config } = mend({ ...testSettings, PORT: "4000" }, folder);
  expect([mistakes, unread.size, config?.port]).toEqual([[], 0, 4000]);
});

test("keys with mistakes are left out, all others are read, and every mistake is told", () => {
  const { mistakes, unread, config } = mend(
    { ...testSettings, PORT: "x", APPS_FILE: "none.json", BRAND_NAME: "Ours", HOST: "a b", DATABASE_URL: "mysql://x" },
    folder,
  );
  expect(mistakes).toHaveLength(4);
  expect([...unread]).toEqual(expect.arrayContaining(["PORT", "HOST", "APPS_FILE", "DATABASE_URL"]));
  expect([config?.brand.name, config?.port, config?.databaseUrl]).toEqual(["Ours", 3000, null]);
});

test.each(["PORTAL_KEYS", "AUTH_SECRET"])(
  "without %s the rest can be read, by a throw-away that is another each time",
  (name) => {
    const made = () => mend({ ...testSettings, [name]: "short" }, folder);
    expect([...made().unread]).toEqual([name]);
    const secrets = () => JSON.stringify([made().config?.keys.reveal(), made().config?.authSecrets.reveal()]);
    expect(secrets()).not.toBe(secrets());
  },
);

test("what a channel lacks switches it off", () => {
  const { mistakes, unread, config } = mend({ ...testSettings, MAIL_CHANNEL: "smtp" }, folder);
  expect(mistakes).toHaveLength(2);
  expect([unread.has("MAIL_CHANNEL"), config?.mail.kind]).toEqual([true, "off"]);
});
