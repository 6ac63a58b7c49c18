import { hostileTexts } from "@/lib/testing/hostile/texts";

/** What is posted: its type and its bytes, and what to call it. */
export type Body = { readonly name: string; readonly type: string; readonly bytes: Buffer };

/** As much as a portal reads, less a little for the frame. */
export const size = 64_000;

const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const formType = `multipart/form-data; boundary=${boundary}`;

const part = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const form = (parts: readonly string[]) => `${parts.join("")}--${boundary}--\r\n`;

const cut = (text: string, length: number) => Buffer.from(text).subarray(0, length).toString("utf8");
const bodyOf = (name: string, type: string, text: string): Body => ({
  name,
  type,
  bytes: Buffer.from(cut(text, size)),
});

/** JSON of an object, whole, of about the size: the longest value gives way. */
function jsonOf(fields: Readonly<Record<string, string>>): string {
  for (let share = size / Math.max(1, Object.keys(fields).length); ; share *= 0.7) {
    const text = JSON.stringify(
      Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, cut(value, share)])),
    );
    if (Buffer.byteLength(text) <= size) return text;
  }
}

/** What a client of the API sends: its fields, one of them long but plain. */
export const goodJson = (fields: Readonly<Record<string, string>>): Body =>
  bodyOf("good", "application/json", jsonOf({ ...fields, padding: "plain words ".repeat(size / 12) }));

/** What nobody sends: every hostile text as the whole body, as each field, and as a document. */
export function hostileJson(names: readonly string[]): readonly Body[] {
  const type = "application/json";
  const many = (entry: (n: number) => string) => Array.from({ length: 5_000 }, (_, n) => entry(n)).join();
  return [
    ...hostileTexts.flatMap(({ name, make }) => [
      bodyOf(name, type, make(size)),
      bodyOf(`${name}, in each field`, type, jsonOf(Object.fromEntries(names.map((field) => [field, make(size)])))),
      bodyOf(`${name}, as a document`, type, jsonOf({ query: make(size) })),
      bodyOf(`${name}, between braces`, type, jsonOf({ query: `query user{user${cut(make(size), 15_000)}}` })),
    ]),
    bodyOf("many keys", type, `{${many((n) => `"k${n}":1`)}}`),
    bodyOf("one key many times", type, `{${many(() => '"totp":"1"')}}`),
    bodyOf("many lists", type, `{"totp":[${many(() => "[]")}]}`),
    bodyOf("a number of many digits", type, `{"totp":${"9".repeat(size - 10)}}`),
    bodyOf("a number of many zeros", type, `{"totp":1${"0".repeat(size - 20)}e-99999}`),
    bodyOf("aliases", type, jsonOf({ query: `query user{${"a:user{id} ".repeat(1_400)}}` })),
    bodyOf("comments", type, jsonOf({ query: `query user{${"#\n".repeat(7_000)}user{id}}` })),
  ];
}

/** A form as a page's script sends it: the fields, one of them long but plain. */
export const goodForm = (fields: Readonly<Record<string, string>>): Body => ({
  ...bodyOf("good", formType, ""),
  bytes: Buffer.from(form([...partsOf(fields), part("_1_padding", "plain words ".repeat(5_000)), callOf()])),
});

const callOf = () => part("0", '[{"status":"idle"},"$K1"]');
const partsOf = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).map(([name, value]) => part(`_1_${name}`, value));

/** Forms that nobody sends. */
export function hostileForms(fields: Readonly<Record<string, string>>): readonly Body[] {
  const names = Object.keys(fields);
  const whole = (name: string, parts: readonly string[]): Body => ({
    ...bodyOf(name, formType, ""),
    bytes: Buffer.from(form(parts)).subarray(0, 65_536),
  });
  const long = (make: (length: number) => string) => cut(make(size), size / Math.max(1, names.length) - 200);
  const many = (count: number, entry: (n: number) => string) => Array.from({ length: count }, (_, n) => entry(n));
  return [
    ...hostileTexts.flatMap(({ name, make }) => [
      whole(`${name}, in each field`, [...names.map((field) => part(`_1_${field}`, long(make))), callOf()]),
      ...names.map((field) =>
        whole(`${name}, in ${field}`, [...partsOf({ ...fields, [field]: cut(make(4_000), 4_000) }), callOf()]),
      ),
      whole(`${name}, as arguments`, [part("0", cut(make(size), size - 500))]),
      whole(`${name}, in the arguments`, [
        ...partsOf(fields),
        part("0", `[${jsonOf({ status: make(size) }).slice(0, -200)}"},"$K1"]`),
      ]),
    ]),
    whole("many parts", [...many(700, (n) => part(`_1_f${n}`, "")), callOf()]),
    whole("one part many times", [...many(700, () => part("_1_identifier", "")), callOf()]),
    whole("references", [part("0", `[${many(9_000, () => '"$K1"').join()}]`)]),
    whole(
      "references to references",
      many(600, (n) => part(String(n), `["$${n + 1}"]`)),
    ),
    whole(
      "names of actions",
      many(600, (n) => part(`$ACTION_REF_${n}`, "")),
    ),
  ];
}

/** Text forms as a browser without scripts and without files could send them. */
export const hostileTextForms = (): readonly Body[] =>
  hostileTexts.map(({ name, make }) =>
    bodyOf(
      `${name}, as a text form`,
      "application/x-www-form-urlencoded",
      `identifier=${make(size)}&${"a=&".repeat(9_000)}`,
    ),
  );

const named = [
  ...[
    "cookie",
    "user-agent",
    "x-forwarded-for",
    "accept-language",
    "authorization",
    "next-router-state-tree",
    "referer",
  ],
  ...[
    "accept",
    "accept-encoding",
    "if-none-match",
    "range",
    "next-url",
    "rsc",
    "origin",
    "x-authing-lang",
    "cache-control",
  ],
] as const;

/** What can stand in a header. */
const plainTexts = (length: number) =>
  hostileTexts
    .map(({ make }) =>
      make(length)
        .replace(/[^\x20-\x7e]/g, "")
        .trim()
        .slice(0, length),
    )
    .filter(Boolean);

/** Headers of a GET, each as large as all of them may be together. */
export const hostileHeaders = (): readonly Readonly<Record<string, string>>[] =>
  named.flatMap((name) => plainTexts(14_000).map((text) => ({ [name]: text })));

/** Addresses as long as are taken at all: as a path, in a path, and as a query. */
export const hostilePaths = (): readonly string[] =>
  [...plainTexts(8_000), "a=b&".repeat(2_000), "a/".repeat(4_000)].flatMap((text) => {
    const written = encodeURI(text).replaceAll("%25", "%").slice(0, 8_000);
    return [`/${written}`, `/welcome/${written}`, `/login?returnTo=${written}`, `/_next/${written}`];
  });
