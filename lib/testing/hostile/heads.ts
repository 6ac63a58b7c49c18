import { hostileTexts } from "@/lib/testing/hostile/texts";

const named = [
  ...["cookie", "user-agent", "x-forwarded-for", "accept-language", "authorization", "next-router-state-tree"],
  ...["referer", "accept", "accept-encoding", "if-none-match", "range", "next-url", "rsc", "origin"],
  ...["x-authing-lang", "x-authing-app-id", "cache-control"],
] as const;

/** What can stand in a header. */
const plainTexts = (length: number) =>
  hostileTexts.flatMap(({ name, make }) => {
    const text = make(length)
      .replace(/[^\x20-\x7e]/g, "")
      .trim()
      .slice(0, length);
    return text === "" ? [] : [{ name, text }];
  });

/** Headers, each as large as all of them may be together, and what to call each. */
export const hostileHeaders = () =>
  named.flatMap((header) =>
    plainTexts(14_000).map(({ name, text }) => ({ name: `${name}, in ${header}`, headers: { [header]: text } })),
  );

/** Ends of addresses as long as are taken at all, as they stand behind a slash or a question mark, and what to call each. */
export const hostileEnds = (): readonly { readonly name: string; readonly end: string }[] =>
  [
    ...plainTexts(8_000),
    { name: "many parameters", text: "a=b&".repeat(2_000) },
    { name: "as many parameters as are taken", text: `${"returnTo=b&".repeat(62)}${"a".repeat(7_000)}` },
    { name: "many folders", text: "a/".repeat(4_000) },
  ].map(({ name, text }) => ({ name, end: encodeURI(text).replaceAll("%25", "%").slice(0, 8_000) }));
