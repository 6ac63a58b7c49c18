import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Addressed } from "@/components/ui/addressed";

const html = (text: string) => renderToStaticMarkup(<Addressed text={text} />);

const span = (text: string) => `<span class="address">${text}</span>`;

test.each([
  ["You are logging in as o•••@example.test.", `You are logging in as ${span("o•••<wbr/>@example.<wbr/>test.")}`],
  ["账户 ada.l@mail.example.test 需要", `账户 ${span("ada.<wbr/>l<wbr/>@mail.<wbr/>example.<wbr/>test")} 需要`],
  ["账户ada@example.test。", span("账户ada<wbr/>@example.<wbr/>test。")],
  ["a@b and c@d", `${span("a<wbr/>@b")} and ${span("c<wbr/>@d")}`],
  ["Nothing. Of the kind.", "Nothing. Of the kind."],
])("%s", (text, expected) => expect(html(text)).toBe(expected));

test("nothing of a sentence is lost, whatever stands in it", () => {
  for (const text of [".@", "@", "@@..@", " .a@b ", "x@", "a..b@c  @d"])
    expect(html(text).replaceAll(/<[^>]+>/g, "")).toBe(text);
});
