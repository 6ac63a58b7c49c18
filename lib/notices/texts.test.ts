import { describe, expect, test } from "vitest";
import type { OpenLetter } from "@/lib/letters/open-letter";
import { writeMail, writeSms } from "@/lib/letters/write-letter";
import { type Language, languages } from "@/lib/messages/words-shape";
import { changeWaits } from "@/lib/notices/kinds/change-waits";
import { digest } from "@/lib/notices/kinds/digest";
import { factorBound } from "@/lib/notices/kinds/factor-bound";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { setSettings } from "@/lib/testing/test-settings";

setSettings({ BRAND_NAME: "Sallyport" });

const kinds = Object.keys(letterKinds);
const all = kinds.flatMap((kind) => languages.map((language) => ({ kind, language })));

const open = (kind: string, changes: Partial<OpenLetter> = {}): OpenLetter => ({
  to: "grace@example.test",
  kind,
  facts: letterKinds[kind]?.sample,
  language: "en",
  repeats: 4,
  hasAccount: true,
  ...changes,
});

async function mail(letter: OpenLetter) {
  const written = await writeMail(letter, letterKinds);
  if (!written) throw new Error("It cannot be written.");
  return written;
}

function sms(letter: OpenLetter): string {
  const written = writeSms(letter, letterKinds);
  if (!written) throw new Error("It cannot be written.");
  return written.text;
}

/** Everything that a letter's HTML refers to. */
const addresses = (html: string) =>
  [...html.matchAll(/\b(?:href|src|action|background)="([^"]*)"/g)].map(([, to]) => to);

/** GSM 03.38: the letters of a text message of 160; those after the space take two places. */
const gsm = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** A code to type is in these letters, and in no other. */
const carriesCode = (kind: string) => kind.startsWith("code.") || kind === "reset.code" || kind === "unlock.link";

describe.each(all)("$kind in $language", ({ kind, language }) => {
  test("as a mail: the same words twice, nothing that is fetched from anywhere, no secret but its own code", async () => {
    const { subject, text, html } = await mail(open(kind, { language }));
    expect(subject).not.toMatch(/[\n{}]|\d{6}/);
    expect(text).toContain(subject);
    expect(html).toContain(language === "en" ? 'lang="en"' : 'lang="zh-Hans"');
    expect(html).toMatch(/<meta name="color-scheme" content="light dark"\/>/);
    expect(html).not.toMatch(/<(?:img|script|link|iframe|form|object|svg)\b|url\(|@import|\bon\w+=/i);
    for (const to of addresses(html))
      expect(to).toMatch(
        /^http:\/\/localhost:3000\/(?:security$|login$|(?:alarm|veto|revert|register|reset-password|unlock)\/)/,
      );
    for (const piece of text.split(/\n+/).filter((line) => line.length > 20 && !line.includes(": ")))
      expect(withoutTags(html)).toContain(piece.trim().replace(/:$/, ""));
    expect(text.includes("48291375")).toBe(carriesCode(kind));
    expect(text).not.toMatch(/[{}]|undefined|null|NaN|\[object/);
  });

  test("as a text message: short, and without a link", () => {
    const isCode = kind.startsWith("code.");
    const text = sms(open(kind, { language, ...(isCode ? { facts: { code: "482913", minutes: 5 } } : {}) }));
    expect(text).not.toMatch(/https?:|www\.|[{}]|undefined/);
    if (language === "en") {
      expect([...text].filter((letter) => !gsm.has(letter))).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(160);
    } else expect(text.length).toBeLessThanOrEqual(isCode ? 70 : 134);
  });
});

describe("codes", () => {
  test.each(["code.login", "code.bind"] as const)(
    "a text message with %s ends with the line that binds it to this portal",
    (kind) => {
      const facts = { code: "482913", minutes: 5 };
      expect(sms(open(kind, { facts })).split("\n").slice(-2)).toEqual(["", "@localhost #482913"]);
      setSettings({ APP_URL: "https://login.example.com" });
      expect(sms(open(kind, { facts })).split("\n").at(-1)).toBe("@login.example.com #482913");
      setSettings();
    },
  );

  test("a code is read in groups and copied as one", async () => {
    const { html, text } = await mail(open("code.login"));
    expect(withoutTags(html)).toContain("48291375");
    expect(html).toMatch(/<span>4829<\/span><span[^>]*>1375<\/span>/);
    expect(text).toMatch(/^ {4}48291375$/m);
  });
});

test.each(["code.login", "factor.closed"] as const)(
  "%s says what is true at a login and at a step-up: somebody may know the password, or be in already",
  async (kind) => {
    expect((await mail(open(kind))).text).toContain("somebody may be in your account or know your password");
    expect((await mail(open(kind, { language: "zh" }))).text).toContain("可能有人已进入您的账户或知道您的密码");
  },
);

test.each(["code.bind", "code.contact"])("%s goes to an address that is nobody's yet, and says so", async (kind) => {
  expect((await mail(open(kind))).text).toMatch(/Somebody typed this address at Sallyport\./);
  expect((await mail(open(kind, { language: "zh" }))).text).toContain("有人在 Sallyport 输入了此邮箱");
});

test.each(["email.moved_away", "contact.removed", "factor.removed"])(
  "%s reaches an address that was taken away as well, and says of none that it belongs to an account",
  async (kind) => {
    expect((await mail(open(kind))).text).toContain(
      "belongs to an account at Sallyport, or did within the last seven days",
    );
    expect((await mail(open(kind, { language: "zh" }))).text).toContain("或最近七天内曾属于");
  },
);

describe("notices", () => {
  test("say when, where from and on which device", async () => {
    const { text } = await mail(open("factor.bound"));
    expect(text).toContain("When: 7 Jan 2030, 09:00 UTC\nIP address: 203.0.113.7\nDevice: Firefox on Windows");
    expect(text).toContain("Factor: Passkey\nName: Grace’s telephone");
    expect(text).toContain("It takes the place of “Grace’s old telephone”, which opens nothing any more.");
  });

  test("tell the other owner of a number nothing about who added it", async () => {
    const { text, html } = await mail(open("destination.shared"));
    expect(text + html).not.toMatch(/203\.0\.113|Firefox/);
  });

  test.each(["password.changed", "account.secured", "account.locked", "email.reverted", "factor.bound"])(
    "%s names the way back that needs nobody else, and whoever runs the portal beside it",
    async (kind) => {
      const said = async (language: Language) => (await mail(open(kind, { language }))).text;
      expect(await said("en")).toMatch(/“Forgot your password\?”.{0,200}whoever runs Sallyport/s);
      expect(await said("zh")).toMatch(/“忘记密码？”.{0,60}管理员/s);
    },
  );

  test("a text message about a changed password names that way while mail leaves, and only whoever runs it otherwise", () => {
    const said = (language: Language) => sms(open("password.changed", { language }));
    setSettings({ BRAND_NAME: "Sallyport", MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
    expect([said("en"), said("zh")]).toEqual([
      expect.stringContaining('"Forgot your password?"'),
      expect.stringContaining("“忘记密码？”"),
    ]);
    setSettings({ BRAND_NAME: "Sallyport", MAIL_CHANNEL: "off" });
    expect(said("en") + said("zh")).not.toMatch(/Forgot|忘记密码/);
    setSettings({ BRAND_NAME: "Sallyport" });
  });

  test("count what a digest gathers", async () => {
    expect((await mail(open("digest"))).text).toContain("5 more times");
    expect((await mail(open("digest", { repeats: 0 }))).text).toContain("once more");
    const facts = { ...digest.sample, about: "something.new" };
    expect((await mail(open("digest", { facts }))).subject).toBe("It happened again: Something about your account");
  });

  test.each(languages)(
    "say without a link how a change is stopped where nobody proved to read, in %s",
    async (language) => {
      const letter = open("change.waits", { language, facts: { ...changeWaits.sample, link: "" } });
      const { html } = await mail(letter);
      expect(addresses(html).map((to) => to?.replace(/^http:\/\/localhost:3000/, ""))).toEqual(["/security"]);
      expect(sms(letter)).not.toMatch(/email|邮件/);
    },
  );

  test("know a kind of factor that this room has never heard of", async () => {
    const facts = { ...factorBound.sample, factor: "carrier_pigeon" };
    expect((await mail(open("factor.bound", { facts }))).text).toContain("Factor: Second factor");
  });

  test("what a person typed is text, in HTML too", async () => {
    const label = `<img src="http://evil.test/x.png"> & "quotes"`;
    const { html } = await mail(open("factor.bound", { facts: { ...factorBound.sample, label } }));
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img");
  });
});

test("facts of another kind make no letter", async () => {
  expect(await writeMail(open("code.login", { facts: factorBound.sample }), letterKinds)).toBeNull();
  expect(writeSms(open("code.login", { facts: { code: "482913", minutes: 5, more: true } }), letterKinds)).toBeNull();
  expect(writeSms(open("code.login", { facts: null }), letterKinds)).toBeNull();
});

function withoutTags(html: string): string {
  const body = html.slice(html.indexOf("<body"));
  const entities: Readonly<Record<string, string>> = {
    "&quot;": '"',
    "&#x27;": "'",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
  };
  return body
    .replace(/<!--[\s\S]*?-->|<[^>]+>/g, "")
    .replace(/&(?:quot|#x27|lt|gt|amp);/g, (entity) => entities[entity] ?? "");
}
