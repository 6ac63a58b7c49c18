import { beforeAll, describe, expect, test } from "vitest";
import { refused } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";
import { checkNewPassword } from "@/lib/users/password-rules";

const ada = { email: "ada.king@lovelace.example.test", username: "countess_1", isAdmin: false };
beforeAll(() => setSettings({ BRAND_NAME: "Analytical Engine" }));

describe("nothing but names that anybody can look up", () => {
  test.each([
    ["the service, twice", "Analytical Engine Analytical Engine"],
    ["the service, without its spaces", "analyticalengineANALYTICALENGINE"],
    ["one word of the service, again and again", "engine engine engine"],
    ["the address, twice", "ada.king@lovelace.example.testada.king@lovelace.example.test"],
    ["parts of the address", "adaking-lovelace"],
    ["the user name with digits", "countess2024countess2025"],
    ["a mixture with signs", "!!Countess__&__Lovelace!!"],
    ["in full-width letters", "ｃｏｕｎｔｅｓｓ　ｌｏｖｅｌａｃｅ"],
  ])("%s is no password", async (_, password) =>
    expect(await refused(checkNewPassword(password, ada))).toBe("password.only_names"),
  );

  test.each([
    ["a word that is nobody's name", "countess of lovelace teaches otters to swim"],
    ["a single letter more", "countess lovelace qzv analytical"],
    ["other people's names", "grace hopper at harvard mark one"],
  ])("%s makes it one", async (_, password) => expect(await checkNewPassword(password, ada)).toBeUndefined());

  test("a long row of names is judged at once", async () => {
    const names = { email: "aa.aaa.aaaa@aaaaa.test", username: "aaaaaa", isAdmin: false };
    const start = performance.now();
    expect(await refused(checkNewPassword("a".repeat(1024), names))).toBe("password.only_names");
    await refused(checkNewPassword(`${"a".repeat(1023)}!`, names));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("a name written in Chinese is a name too", async () => {
    setSettings({ BRAND_NAME: "门户" });
    expect(await refused(checkNewPassword("门户".repeat(8), ada))).toBe("password.only_names");
  });
});
