/**
 * The parameters of an ICU sentence, read from its braces by the type checker, so that a forgotten `{time}` does not
 * compile. The reader keeps a stack: inside `{count, plural, one {…} other {…}}` the inner braces are text again, in
 * which `{# codes}` names nothing and `{name}` names a parameter. Quoted braces are not understood; a test forbids them.
 */
export type HolesOf<Sentence extends string> = { readonly [Hole in Read<Sentence> as Hole[0]]: Hole[1] };

type Place = "text" | "argument";

type Read<
  S extends string,
  Stack extends readonly Place[] = ["text"],
  Found extends [string, unknown] = never,
> = Stack extends [infer Here, ...infer Outer extends readonly Place[]]
  ? Here extends "text"
    ? ReadText<S, Stack, Outer, Found>
    : ReadArgument<S, Stack, Outer, Found>
  : Found;

type ReadText<
  S extends string,
  Stack extends readonly Place[],
  Outer extends readonly Place[],
  Found extends [string, unknown],
> =
  NextBrace<S> extends ["{", infer Rest extends string]
    ? Rest extends `${infer Name}}${infer After}`
      ? Name extends `${infer Complex},${infer Kind}`
        ? Rest extends `${string},${infer Inside}`
          ? Read<Inside, ["argument", ...Stack], Found | [Trim<Complex>, ValueOf<Trim<Kind>>]>
          : Found
        : Read<After, Stack, Found | [Trim<Name>, string | number]>
      : Found
    : NextBrace<S> extends ["}", infer Rest extends string]
      ? Read<Rest, Outer, Found>
      : Found;

type ReadArgument<
  S extends string,
  Stack extends readonly Place[],
  Outer extends readonly Place[],
  Found extends [string, unknown],
> =
  NextBrace<S> extends ["{", infer Rest extends string]
    ? Read<Rest, ["text", ...Stack], Found>
    : NextBrace<S> extends ["}", infer Rest extends string]
      ? Read<Rest, Outer, Found>
      : Found;

/** The first brace of either kind, and what follows it. */
type NextBrace<S extends string> = S extends `${infer Before}{${infer AfterOpen}`
  ? Before extends `${string}}${string}`
    ? S extends `${string}}${infer AfterClose}`
      ? ["}", AfterClose]
      : never
    : ["{", AfterOpen]
  : S extends `${string}}${infer AfterClose}`
    ? ["}", AfterClose]
    : [""];

/** Numbers choose a plural, words choose a branch of `select`, moments are written by `date` and `time`. */
type ValueOf<Kind extends string> = Kind extends `select${" " | ","}${string}` | "select"
  ? string
  : Kind extends `${"date" | "time"}${string}`
    ? Date
    : number;

type Trim<S extends string> = S extends ` ${infer Rest}` | `\n${infer Rest}`
  ? Trim<Rest>
  : S extends `${infer Rest} ` | `${infer Rest}\n`
    ? Trim<Rest>
    : S;
