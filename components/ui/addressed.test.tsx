import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Addressed } from "@/components/ui/addressed";

const html = (text: string) => renderToStaticMarkup(<Addressed text={text} />);

test.each([
  ["You are logging in as o•••@example.test.", "You are logging in as o•••<wbr/>@example.<wbr/>test."],
  ["账户 ada.l@mail.example.test 需要", "账户 ada.<wbr/>l<wbr/>@mail.<wbr/>example.<wbr/>test 需要"],
  ["账户ada@example.test。", "账户ada<wbr/>@example.<wbr/>test。"],
  ["a@b and c@d", "a<wbr/>@b and c<wbr/>@d"],
  ["Nothing. Of the kind.", "Nothing. Of the kind."],
])("%s", (text, expected) => expect(html(text)).toBe(expected));

test("nothing of a sentence is lost, whatever stands in it", () => {
  for (const text of [".@", "@", "@@..@", " .a@b ", "x@", "a..b@c\n@d"])
    expect(html(text).replaceAll("<wbr/>", "")).toBe(text);
});
