import { readdirSync } from "node:fs";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { catalogue } from "@/lib/messages/catalogue";
import { languageTags } from "@/lib/messages/say";
import { type Language, labelWords, languages, type Words } from "@/lib/messages/words-shape";
import { letterKinds } from "@/lib/notices/letter-kinds";

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

/** A letter's words stand in the file of its kind: no page says them. */
const written: Words = Object.assign({}, ...Object.values(letterKinds).map(({ words }) => words));
const entries = Object.entries<Readonly<Record<Language, string>>>({ ...catalogue, ...written });
const label = new RegExp(`[._](${labelWords.join("|")})$`);
const lib = join(import.meta.dirname, "..");

/** What people met and took for something else, or for nothing. */
const misread = [
  "These do not belong together",
  "hands everything over",
  "sent with the last digit",
  "leads to everything there is",
  "whoever reads your mail gets in",
  "它们只在此时显示",
  "存放文件的地方",
  "类型为基于时间",
  "完成传送",
  "登录都会被退出",
] as const;

const understood = [
  ["login.wrong", "en", "That name or password is not right."],
  ["factors.open_hint", "en", "On this phone, the link adds it to your app."],
  ["frame.sends_itself", "en", "It is sent by itself after the last digit."],
  ["email.notice", "en", "whoever reads your mail and knows your password gets in"],
  ["email.notice", "zh", "任何能查看您的邮件并知道您密码的人都能登录"],
  ["codes.intro", "en", "When your second factor is lost, one of these codes is the second step."],
  ["codes.once", "zh", "一旦您确认已保存，或 15 分钟过后，这些代码将不再显示。"],
  ["login.wrong", "zh", "账号或密码不正确。"],
  ["factors.secret_hint", "zh", "类型请选“基于时间”，6 位数字。"],
  ["factors.open_hint", "zh", "点此即可添加到应用。"],
  ["password.page_intro", "zh", "其他浏览器将退出登录。"],
] as const;

describe("the catalogue", () => {
  test("keeps every id for ever: a new one is added by `vitest -u`, a missing one is a mistake", async () => {
    const ids = entries.map(([id]) => id).sort();
    await expect(`${ids.join("\n")}\n`).toMatchFileSnapshot("./ids.txt");
  });

  test("gathers the words of every room, and no two rooms or letters use one id", async () => {
    const ids = Object.values(letterKinds).flatMap(({ words }) => Object.keys(words));
    for (const file of messageFiles()) ids.push(...(await idsOf(file)));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.sort()).toEqual(entries.map(([id]) => id).sort());
  });

  test("spells email and username in one way", () => {
    expect(entries.filter(([, { en }]) => /e-mail|user name/i.test(en)).map(([id]) => id)).toEqual([]);
  });

  test("has one apostrophe, and one word for what is sent by mail", () => {
    expect(entries.filter(([, { en }]) => en.includes("'")).map(([id]) => id)).toEqual([]);
    expect(entries.filter(([, { zh }]) => zh.includes("信件")).map(([id]) => id)).toEqual([]);
  });

  test("counts ways of proving in 种", () => {
    expect(entries.filter(([, { zh }]) => /个(?:第二重|其他)?验证方式/.test(zh)).map(([id]) => id)).toEqual([]);
  });

  test("says nothing any more that whoever met it read wrongly, and in its place what they understood", () => {
    const found = entries.filter(([, { en, zh }]) => misread.some((words) => en.includes(words) || zh.includes(words)));
    expect(found.map(([id]) => id)).toEqual([]);
    for (const [id, language, words] of understood) expect(catalogue[id][language], id).toContain(words);
  });

  test("names every sentence after its room and what happened", () => {
    for (const [id] of entries) expect(id).toMatch(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/);
  });
});

describe.each(entries)("%s", (id, words) => {
  test("asks for the same parameters in every language", () => {
    const [first, ...others] = languages.map((language) => [...samples(words[language], language).keys()].sort());
    for (const other of others) expect(other).toEqual(first);
  });

  test.each(languages)("is said in %s, ends as it should and hides no brace", (language) => {
    const sentence = words[language];
    expect(sentence.trim()).toBe(sentence);
    expect(sentence).not.toMatch(/'[{}]/);
    for (const said of sayings(sentence, language)) {
      expect(said).not.toBe("");
      expect(endsLikeASentence(said, language)).toBe(!label.test(id));
    }
  });
});

function endsLikeASentence(said: string, language: Language): boolean {
  return language === "en" ? /[.]["”’)]?$/.test(said) : /[。]["”’）]?$/.test(said);
}

/** The sentence with one of a thing and with several: a plural branch may forget its full stop. */
function sayings(sentence: string, language: Language): string[] {
  const message = new IntlMessageFormat(sentence, languageTags[language], undefined, { ignoreTag: true });
  const holes = samples(sentence, language);
  return [1, 7].map((count) => {
    const params = Object.fromEntries([...holes].map(([name, kind]) => [name, sample(kind, count)]));
    return String(message.format(params));
  });
}

type Kind = "text" | "number" | "moment";

function sample(kind: Kind, count: number): string | number | Date {
  if (kind === "number") return count;
  return kind === "moment" ? new Date(Date.UTC(2030, 0, count)) : "Ada";
}

/** Every parameter of a sentence, branches included, and what kind of value it takes. */
function samples(sentence: string, language: Language): Map<string, Kind> {
  const found = new Map<string, Kind>();
  collect(new IntlMessageFormat(sentence, languageTags[language], undefined, { ignoreTag: true }).getAst(), found);
  return found;
}

/** The element types of the ICU parser: 0 literal, 1 argument, 2 number, 3 date, 4 time, 5 select, 6 plural, 7 pound. */
function collect(elements: readonly Element[], found: Map<string, Kind>): void {
  for (const element of elements) {
    if (element.type === 0 || element.type === 7) continue;
    found.set(element.value, kindOf(element.type));
    if (element.type !== 5 && element.type !== 6) continue;
    for (const branch of Object.values(element.options)) collect(branch.value, found);
  }
}

function kindOf(type: number): Kind {
  if (type === 2 || type === 6) return "number";
  return type === 3 || type === 4 ? "moment" : "text";
}

/** Rooms keep their words in `messages.ts`; what belongs to no room lies beside the catalogue. */
function messageFiles(): string[] {
  const all = readdirSync(lib, { recursive: true, encoding: "utf8" });
  const rooms = all.filter((file) => /(^|\/)messages\.ts$/.test(file));
  const beside = all.filter((file) => /^messages\/[a-z-]+\.ts$/.test(file));
  return [...rooms, ...beside];
}

async function idsOf(file: string): Promise<string[]> {
  const room: Readonly<Record<string, unknown>> = await import(join(lib, file));
  return Object.entries(room)
    .filter(([name]) => name.endsWith("Messages"))
    .flatMap(([, words]) => Object.keys(Object(words)));
}
