import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { AskByName } from "@/app/(auth)/ask-by-name";
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

  test("one that sends some asks", () => {
    setSettings({ MAIL_CHANNEL: "mailbox", DEV_TOOLS: "true" });
    expect(pageIn("en", "forgotten")).toContain('name="identifier"');
  });
});
