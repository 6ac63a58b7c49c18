import { type Body, bodyOf, cut, size } from "@/lib/testing/hostile/bodies";
import { hostileTexts } from "@/lib/testing/hostile/texts";

/** What a call says by itself: its fields, and for GraphQL its document, whose variables they are. */
export type Call = { readonly fields: readonly string[]; readonly document: string | null };

type Values = Readonly<Record<string, string>>;
const type = "application/json";

/** What a client of the API sends: its fields, one of them long but plain. */
export const goodJson = ({ fields, document }: Call): Body =>
  bodyOf("good", type, jsonOf(document, { ...each(fields, "x"), padding: "plain words ".repeat(size / 12) }));

/** What nobody sends: every hostile text as the whole body, as each field, and as a document. */
export function hostileJson({ fields, document }: Call): readonly Body[] {
  return [
    ...hostileTexts.flatMap(({ name, make }) => [
      bodyOf(name, type, cut(make(size), size)),
      bodyOf(`${name}, in each field`, type, jsonOf(document, each(fields, make(size)))),
      ...fields.map((field) =>
        bodyOf(`${name}, in ${field}`, type, jsonOf(document, { ...each(fields, "x"), [field]: make(size) })),
      ),
      ...(document === null ? [] : documents(name, make)),
    ]),
    ...oddities,
  ];
}

const each = (fields: readonly string[], value: string) => Object.fromEntries(fields.map((field) => [field, value]));

/** A document that is a hostile text, and one that begins like a right one. */
const documents = (name: string, make: (length: number) => string) => [
  bodyOf(`${name}, as a document`, type, jsonOf(cut(make(size), size / 2), {})),
  bodyOf(`${name}, as a short document`, type, jsonOf(cut(make(16_000), 16_000), {})),
  bodyOf(`${name}, between braces`, type, jsonOf(`query user{user${cut(make(size), 15_000)}}`, {})),
];

/** JSON of an object, whole, of about the size: the longest value gives way. */
function jsonOf(document: string | null, values: Values): string {
  for (let share = size / Math.max(1, Object.keys(values).length); ; share *= 0.7) {
    const short = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, cut(value, share)]));
    const text = JSON.stringify(document === null ? short : { query: document, variables: { input: short } });
    if (Buffer.byteLength(text) <= size || share < 1) return text;
  }
}

const many = (entry: (n: number) => string) => Array.from({ length: 5_000 }, (_, n) => entry(n)).join();

/** What no text makes: many of one thing, and numbers that are long to read. */
const oddities: readonly Body[] = [
  bodyOf("many keys", type, `{${many((n) => `"k${n}":1`)}}`),
  bodyOf("one key many times", type, `{${many(() => '"totp":"1"')}}`),
  bodyOf("many lists", type, `{"totp":[${many(() => "[]")}]}`),
  bodyOf("a number of many digits", type, `{"totp":${"9".repeat(size - 10)}}`),
  bodyOf("a number of many zeros", type, `{"totp":1${"0".repeat(size - 20)}e-99999}`),
  bodyOf("aliases", type, jsonOf(`query user{${"a:user{id} ".repeat(1_400)}}`, {})),
  bodyOf("comments", type, jsonOf(`query user{${"#\n".repeat(7_000)}user{id}}`, {})),
  bodyOf("many variables", type, `{"query":"query user{user{id}}","variables":{${many((n) => `"k${n}":1`)}}}`),
];
