import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { AskByName } from "@/app/_doors/ask-by-name";
import { WhenLost } from "@/app/challenge/when-lost";
import { sayIn } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { setSettings } from "@/lib/testing/test-settings";

const doNothing = async () => undefined;

const pageIn = (language: Language, of: "forgotten" | "waiting", support: string | null = null) => {
  const brand = { name: "Sallyport", logo: null, support };
  const preferences = { chooseLanguage: doNothing, chooseTheme: doNothing };
  const settings = { language, say: sayIn(language), brand, theme: "system", preferences } as const;
  return renderToStaticMarkup(<AskByName settings={settings} action={async () => ({ status: "done" })} of={of} />);
};

describe("a portal that sends no mail asks for no name", () => {
  test.each([
    ["en", "forgotten", "This portal sends no email, so nobody can choose a new password by letter."],
    ["zh", "forgotten", "此门户不发送邮件，因此无法通过邮件设置新密码。"],
    ["en", "waiting", "This portal sends no email, so no letter leads past the wait."],
    ["zh", "waiting", "此门户不发送邮件，因此无法通过邮件跳过等待。"],
  ] as const)("but says so, in %s, to whoever is %s", (language, of, sentence) => {
    setSettings({ MAIL_CHANNEL: "off" });
    const html = pageIn(language, of);
    expect(html).toContain(sentence);
    expect(html).toContain(sayIn(language)("alarm.no_support"));
    expect(html).not.toMatch(/<form|<input|<button/);
    expect(pageIn(language, of, "https://help.example.test/")).toContain('href="https://help.example.test/"');
  });

  test("asks whoever is pointed to once, and says how they are found", () => {
    setSettings({ MAIL_CHANNEL: "off" });
    expect(pageIn("en", "forgotten").match(/whoever runs/gi)).toHaveLength(1);
    expect(pageIn("zh", "forgotten").match(/管理员/g)).toHaveLength(1);
  });

  test.each(["en", "zh"] as const)("nor sends a lost passkey's owner to a letter, in %s", (language) => {
    const html = (way: "reset" | "letter" | "removal") =>
      renderToStaticMarkup(<WhenLost way={way} say={sayIn(language)} />);
    setSettings({ MAIL_CHANNEL: "off" });
    for (const way of ["reset", "letter"] as const) {
      expect(html(way)).not.toMatch(/href|by letter|in the letter|通过邮件|通知邮件/);
      expect(html(way)).toMatch(/recovery code|恢复代码/);
    }
    expect(html("removal")).toContain('href="/security"');
    setSettings({ MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
    expect(html("reset")).toContain('href="/forgot-password"');
  });

  test("one that sends some asks", () => {
    setSettings({ MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
    expect(pageIn("en", "forgotten")).toContain('name="identifier"');
  });
});
