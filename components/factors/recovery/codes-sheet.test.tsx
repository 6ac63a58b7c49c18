import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CodesSheet } from "@/components/factors/recovery/codes-sheet";
import { untilScripts } from "@/components/ui/use-scripts";
import { idle } from "@/lib/kernel/form-state";

const words = {
  title: "恢复码",
  portal: "Sallyport & more",
  address: "Address: https://login.example.test/login",
  account: "grace@example.test",
  made: "21 Nov 2026, 20:52 UTC",
  use: "How to use a code.",
  keepApart: "请勿与手机放在一起。",
  copy: { copy: "Copy", copied: "Copied.", failed: "Not copied." },
  download: "Download",
  print: "Print",
  saved: "I have saved these codes",
  pending: "One moment.",
};
const codes = ["K7QM-3XVA", "9TRB-W5D2"];

const sheet = renderToStaticMarkup(
  <CodesSheet codes={codes} words={words} fileName="codes.txt" action={async () => idle} />,
);

test("without scripts Grace can still take her codes home as a file that opens right everywhere", () => {
  const address = /href="(data:[^"]+)" download="codes\.txt"/.exec(sheet)?.[1] ?? "";
  expect(address).toMatch(/^data:text\/plain;charset=utf-8,/);
  const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  expect(text.split("\r\n")).toEqual([
    words.title,
    words.portal,
    words.address,
    words.account,
    words.made,
    "",
    ...codes,
    "",
    words.use,
    words.keepApart,
    "",
  ]);
});

test("until scripts run nothing is offered that would not work", () => {
  for (const label of ["Copy", "Print"]) {
    const wrapped = new RegExp(`<span class="${untilScripts}[^"]*"><button(?:(?!</span>).)*${label}</button>`);
    expect(sheet).toMatch(wrapped);
  }
  expect(sheet).toContain("I have saved these codes");
});
