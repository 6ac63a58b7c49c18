import { type Body, bodyOf, cut, size } from "@/lib/testing/hostile/bodies";
import { hostileTexts } from "@/lib/testing/hostile/texts";

/** How a form calls an action: what stands before the name of a field, and the framework's own fields, in which so much plain text may ride along. */
export type Frame = {
  readonly name: string;
  readonly before: string;
  readonly call: (padding: string) => readonly Part[];
};
type Part = readonly [name: string, content: string];
type Fields = Readonly<Record<string, string>>;

/** As a page's script calls an action. `isBare`: the action takes the form alone, not what it answered before. */
export const scripted = (isBare: boolean): Frame => ({
  name: "by script",
  before: "_1_",
  call: (padding) => [["0", isBare ? `["$K1","${padding}"]` : `[${stateOf(padding)},"$K1"]`]],
});

/** As a browser without scripts calls the action of this id. */
export const scriptless = (id: string, isBare: boolean): Frame => ({
  name: "without scripts",
  before: "",
  call: (padding) =>
    isBare
      ? [[`$ACTION_ID_${id}`, ""]]
      : [
          ["$ACTION_REF_1", ""],
          ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
          ["$ACTION_1:1", `[${stateOf(padding)}]`],
          ["$ACTION_KEY", "k1"],
        ],
});

/** A form that calls nothing. */
export const forNobody: Frame = { name: "for nobody", before: "", call: () => [] };

const stateOf = (padding: string) => JSON.stringify({ status: "idle", text: padding });
const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const type = `multipart/form-data; boundary=${boundary}`;

function formOf(name: string, parts: readonly Part[]): Body {
  const written = parts.map(
    ([field, content]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${content}\r\n`,
  );
  return bodyOf(name, type, `${written.join("")}--${boundary}--\r\n`);
}

const partsOf = ({ before }: Frame, fields: Fields) =>
  Object.entries(fields).map(([name, value]): Part => [`${before}${name}`, value]);
const plain = (length: number) => "plain words ".repeat(Math.max(0, length) / 12);

/**
 * Forms of the full size that mean no harm: one that does what its page is for, and three with a field too many, which end sooner. What hostile ones
 * cost is compared with these, so most of them cost little.
 */
export function goodForms(frame: Frame, fields: Fields): readonly Body[] {
  const right = formOf(`good, ${frame.name}`, [...partsOf(frame, fields), ...frame.call(plain(size - 3_000))]);
  const long = { ...fields, padding: plain(size - 2_000) };
  const refused = formOf(`good with a field too many, ${frame.name}`, [...partsOf(frame, long), ...frame.call("")]);
  return [right, refused, refused, refused];
}

/** Forms that nobody sends: every hostile text in all fields, in each one (as long as a field may be, and longer), and in what the framework reads. */
export function hostileForms(frame: Frame, fields: Fields): readonly Body[] {
  const names = Object.keys(fields);
  const padding = plain(size - 6_000 - names.length * 300);
  return hostileTexts.flatMap(({ name: text, make }) => {
    const whole = (where: string, parts: readonly Part[]) => formOf(`${text}, ${where}, ${frame.name}`, parts);
    const share = size / Math.max(1, names.length) - 300;
    const all = names.map((name): Part => [`${frame.before}${name}`, cut(make(size), share)]);
    const inOne = (name: string, length: number) =>
      whole(`in ${name}`, [
        ...partsOf(frame, { ...fields, [name]: cut(make(length), length) }),
        ...frame.call(padding),
      ]);
    return [
      ...(names.length > 0 ? [whole("in each field", [...all, ...frame.call("")])] : []),
      ...names.flatMap((name) => [inOne(name, 300), inOne(name, 4_000)]),
      whole("in what it answered", [...partsOf(frame, fields), ...frame.call(written(make(size / 3)))]),
      whole("as a field too many", [
        ...partsOf(frame, { ...fields, more: cut(make(size), size - 2_000 - names.length * 200) }),
        ...frame.call(""),
      ]),
    ];
  });
}

/** A text as it stands in JSON that was written by hand: whole, or it would be no JSON. */
const written = (text: string) => JSON.stringify(cut(text, size / 3)).slice(1, -1);

const many = (count: number, entry: (n: number) => Part) => Array.from({ length: count }, (_, n) => entry(n));

/** What no field makes: the framework's own fields, filled with hostile texts and with many of one thing. */
export const oddForms = (): readonly Body[] => [
  ...hostileTexts.map(({ name, make }) => formOf(`${name}, as arguments`, [["0", cut(make(size), size - 500)]])),
  formOf("many parts", [...many(700, (n) => [`_1_f${n}`, ""]), ["0", '[{"status":"idle"},"$K1"]']]),
  formOf("one part many times", [...many(700, () => ["_1_identifier", ""]), ["0", '[{"status":"idle"},"$K1"]']]),
  formOf("references", [["0", `[${Array.from({ length: 9_000 }, () => '"$K1"').join()}]`]]),
  formOf(
    "references to references",
    many(600, (n) => [String(n), `["$${n + 1}"]`]),
  ),
  formOf(
    "names of actions",
    many(600, (n) => [`$ACTION_REF_${n}`, ""]),
  ),
];

/** Text forms as a browser without scripts and without files could send them. */
export const textForms = {
  good: bodyOf("good", "application/x-www-form-urlencoded", `identifier=${"plain+".repeat(10_000)}`),
  hostile: hostileTexts.map(({ name, make }) =>
    bodyOf(
      `${name}, as a text form`,
      "application/x-www-form-urlencoded",
      cut(`identifier=${cut(make(size / 2), size / 2)}&${"a=&".repeat(9_000)}`, size),
    ),
  ),
} as const;
