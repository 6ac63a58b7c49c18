import { beforeAll, describe, expect, test } from "vitest";
import { workOf } from "@/lib/testing/hostile/growth";
import { refused } from "@/lib/testing/story";
import { monday } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";
import { checkNewPassword, minimumLength } from "@/lib/users/password-rules";

const ada = { email: "ada.king@lovelace.example.test", username: "countess_1", isAdmin: false, policy: null };
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
    expect(await refused(checkNewPassword(password, ada, monday))).toBe("password.only_names"),
  );

  test.each([
    ["a word that is nobody's name", "countess of lovelace teaches otters to swim"],
    ["a single letter more", "countess lovelace qzv analytical"],
    ["other people's names", "grace hopper at harvard mark one"],
  ])("%s makes it one", async (_, password) => expect(await checkNewPassword(password, ada, monday)).toBeUndefined());

  test("a long row of names is judged at once", async () => {
    const names = { email: "aa.aaa.aaaa@aaaaa.test", username: "aaaaaa", isAdmin: false, policy: null };
    const check = (password: string) => checkNewPassword(password, names, monday);
    expect(await refused(check("a".repeat(1024)))).toBe("password.only_names");
    for (const row of ["a".repeat(1024), `${"a".repeat(1023)}!`]) expect(await workOf(check, row)).toBeLessThan(500);
  });

  test("a name written in Chinese is a name too", async () => {
    setSettings({ BRAND_NAME: "门户" });
    expect(await refused(checkNewPassword("门户".repeat(8), ada, monday))).toBe("password.only_names");
  });
});

describe("the fewest characters", () => {
  const barbara = { isAdmin: true, policy: null };
  test.each([
    ["nobody must have a second factor", { SECOND_FACTOR: "off" }, barbara, 15],
    ["they must have one", { SECOND_FACTOR: "admins" }, barbara, 12],
    ["they need not, others must", { SECOND_FACTOR: "admins" }, ada, 15],
    ["it is asked of them apart", { SECOND_FACTOR: "off" }, { ...ada, policy: { demand: "on" } }, 12],
    ["the day has not come", { SECOND_FACTOR: "everyone", SECOND_FACTOR_FROM: "2031-03-01" }, ada, 15],
    ["codes by e-mail would do", { SECOND_FACTOR: "everyone", EMAIL_COUNTS: "true" }, ada, 15],
    ["they would not do for them", { SECOND_FACTOR: "everyone", EMAIL_COUNTS: "true" }, barbara, 12],
  ])("where %s", (_, settings, owner, fewest) => {
    setSettings({ SECOND_FACTOR_FROM: "", EMAIL_COUNTS: "", ...settings });
    expect(minimumLength(owner, monday)).toBe(fewest);
  });
});
