import type { Fields } from "@/e2e/support/http";

export const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
export const formType = `multipart/form-data; boundary=${boundary}`;

/** One post that no page of ours sends. `type`: its content type; null for none. */
export type OddCall = { readonly type: string | null; readonly body: string | Buffer };

/** One part of a form as bytes; `more` stands behind its name. */
export const part = (name: string, value: string, more = ""): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

/** A whole form out of its parts. */
export const wholeForm = (...parts: readonly string[]): string => `${parts.join("")}--${boundary}--\r\n`;

/** What the framework's decoder knows beside plain data, none of which a page of ours sends, and texts that are no data at all. */
const lists: readonly string[] = [
  ...["{", "", "5", "null", '"$K1"', "{}", "[", '["$K1"', "[NaN]", "\u0000", "nul", "[".repeat(5_000)],
  ...[
    "$F1",
    "$h1",
    "$B1",
    "$1",
    "$1:constructor:constructor",
    "$1:__proto__:x",
    "$0",
    "$0:0",
    "$@0",
    "$@1",
    "$@9",
    "$T",
    "$n1e9",
    "$n5",
  ].map((word) => `["${word}"]`),
  ...[
    "$D",
    "$Dyesterday",
    "$Q1",
    "$W1",
    "$i1",
    "$I",
    "$-0",
    "$N",
    "$A1",
    "$O1",
    "$R1",
    "$r1",
    "$X1",
    "$x1",
    "$S1",
    "$H",
    "$K",
    "$KK1",
    "$",
  ].map((word) => `["${word}"]`),
  ...['["$K1","$K2"]', '["$K1","$K1"]', '[{"status":"$@0"},"$K1"]', '[{"__proto__":{}},"$K1"]', '["","","","","$K1"]'],
  `["$n${"9".repeat(301)}"]`,
  `${"[".repeat(2_000)}${"]".repeat(2_000)}`,
  `[${'"",'.repeat(1_500)}"$K1"]`,
];

/** Calls of an action by script that cannot be read. */
export function oddCalls(): Readonly<Record<string, OddCall>> {
  const text = lists.map(
    (list) => [`as text: ${list.slice(0, 40)}`, { type: "text/plain;charset=UTF-8", body: list }] as const,
  );
  const field = lists.map(
    (list) => [`as a form: ${list.slice(0, 40)}`, { type: formType, body: wholeForm(part("0", list)) }] as const,
  );
  const good = part("0", '[{"status":"idle"},"$K1"]');
  const odd: Readonly<Record<string, OddCall>> = {
    "the arguments are missing": { type: formType, body: wholeForm(part("_1_identifier", "a")) },
    "nothing is in it": { type: formType, body: wholeForm() },
    "the arguments come twice": { type: formType, body: wholeForm(good, good) },
    "the arguments are a file": { type: formType, body: wholeForm(part("0", "[]", '; filename="x"')) },
    "the arguments have a type": {
      type: formType,
      body: wholeForm(part("0", "[]", "\r\nContent-Type: application/octet-stream")),
    },
    "in a circle": { type: formType, body: wholeForm(part("0", '["$1"]'), part("1", '["$0"]')) },
    "in a circle of promises": { type: formType, body: wholeForm(part("0", '["$@1"]'), part("1", '"$@0"')) },
    "through a prototype": { type: formType, body: wholeForm(part("0", '["$1:__proto__:x"]'), part("1", "{}")) },
    "another action as its argument": {
      type: formType,
      body: wholeForm(part("0", '["$h1"]'), part("1", `{"id":"${"7".repeat(42)}","bound":null}`)),
    },
    "a stream": { type: formType, body: wholeForm(part("0", '["$R1"]'), part("S1", "x")) },
    "a file as a list": { type: formType, body: wholeForm(part("0", '["$A1"]'), part("1", "x", '; filename="x"')) },
    "fields of no form": { type: formType, body: wholeForm(good, part("1", "[")) },
    "fields of another form": { type: formType, body: wholeForm(good, part("_2_identifier", "a")) },
    "another boundary": { type: `${formType}x`, body: wholeForm(good) },
    "no boundary": { type: "multipart/form-data", body: wholeForm(good) },
    "a charset": { type: `${formType}; charset=utf-7`, body: wholeForm(good) },
    "cut off": { type: formType, body: wholeForm(good).slice(0, -8) },
    "no body": { type: formType, body: "" },
    "bytes of no text": { type: "text/plain", body: Buffer.from([0xff, 0xfe, 0x5b, 0xc3, 0x28, 0x5d]) },
    "a form field of no text": {
      type: formType,
      body: Buffer.concat([
        Buffer.from(part("0", "")).subarray(0, -2),
        Buffer.from([0xc3, 0x28]),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    },
    JSON: { type: "application/json", body: "[]" },
    "no type": { type: null, body: '["$K1"]' },
    "another kind of form": { type: "application/x-www-form-urlencoded; charset=utf-8", body: "0=[]" },
  };
  return { ...Object.fromEntries([...text, ...field]), ...odd };
}

/** Forms without scripts whose action cannot be read. In: the form of a page, with the framework's own fields. */
export function oddForms(form: Fields): Readonly<Record<string, OddCall>> {
  const entries = form.map(([name, value]) => [name, String(value)] as const);
  const spoilt = (exchange: (name: string, value: string) => readonly (readonly [string, string])[]): OddCall => ({
    type: formType,
    body: wholeForm(
      ...entries.flatMap(([name, value]) => exchange(name, value)).map(([name, value]) => part(name, value)),
    ),
  });
  const state = (value: string) => spoilt((name, old) => [[name, /^\$ACTION_\d+:1$/.test(name) ? value : old]]);
  const bound = (value: string) =>
    spoilt((name, old) => [[name, /^\$ACTION_\d+:0$/.test(name) ? old.replace('"$@1"', value) : old]]);
  const without = (pattern: RegExp) => spoilt((name, value) => (pattern.test(name) ? [] : [[name, value]]));
  const added = (...more: readonly (readonly [string, string])[]): OddCall => ({
    type: formType,
    body: wholeForm(...[...entries, ...more].map(([name, value]) => part(name, value))),
  });
  const states = [
    "[",
    "",
    "5",
    "null",
    "{}",
    '["$F1"]',
    '["$1:constructor:constructor"]',
    '["$@1"]',
    '["$K1"]',
    '["$n1e9"]',
    '[{"a":"$Q2"}]',
    "[".repeat(5_000),
  ];
  const bounds = ['"$@9"', '"$@0"', '"$1"', "5", '"x"', '["$@1"]', '"$@1","more":1', "null", "{}", '"$h1"'];
  return {
    ...Object.fromEntries(states.map((value) => [`state ${value.slice(0, 40)}`, state(value)])),
    ...Object.fromEntries(bounds.map((value) => [`bound to ${value}`, bound(value)])),
    "no name of the action": without(/:0$/),
    "no state": without(/:1$/),
    "only the reference": without(/^\$ACTION_(?!REF)/),
    "no reference": without(/^\$ACTION_REF/),
    "a reference to no part": added(["$ACTION_REF_99", ""]),
    "a reference without a number": added(["$ACTION_REF_", ""]),
    "a reference to a prototype": added(["$ACTION_REF___proto__", ""]),
    "a part of nothing": added(["$ACTION_7:0", "{"]),
    "a third part": added(["$ACTION_1:2", "[]"]),
    "a long key": added(["$ACTION_KEY_", "x"]),
    ...Object.fromEntries(
      ["", "x", "7".repeat(41), "7".repeat(43), "G".repeat(42), "__proto__", "toString", `${"7".repeat(42)}#x`].map(
        (id) => [
          `an action called ${JSON.stringify(id)}`,
          { type: formType, body: wholeForm(part(`$ACTION_ID_${id}`, "")) },
        ],
      ),
    ),
    "an action's name as a file": {
      type: formType,
      body: wholeForm(part(`$ACTION_ID_${"7".repeat(42)}`, "", '; filename="x"')),
    },
  };
}
