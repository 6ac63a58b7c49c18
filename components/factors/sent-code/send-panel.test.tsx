import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SendPanel } from "@/components/factors/sent-code/send-panel";
import { unbroken } from "@/components/factors/sent-code/unbroken";
import type { SentCodeView } from "@/lib/challenge/view";
import { seconds } from "@/lib/kernel/duration";
import { idle } from "@/lib/kernel/form-state";
import { sayIn } from "@/lib/messages/say";

const now = new Date("2030-01-07T09:00:00.000Z");
const [one, two] = ["factor-one", "factor-two"];
const addresses = [
  { factorId: one, to: "+1 ••• 101" },
  { factorId: two, to: "+44 ••• 202" },
];
const sent = { sentTo: "+44 ••• 202", sentToId: two, againAt: null, mayAskAgain: true, addresses } as const;

function panel(view: SentCodeView): string {
  const sending = { view, send: async () => idle, now, language: "en" } as const;
  return renderToStaticMarkup(
    <SendPanel sending={sending} say={sayIn("en")}>
      <input type="hidden" name="kind" value="sms" />
    </SendPanel>,
  );
}

/** The buttons of the panel: what they say, and to which factor they send. */
const buttonsOf = (html: string) =>
  [...html.matchAll(/<button([^>]*)>([^<]*)<\/button>/g)].map(([, tag = "", words = ""]) => [
    words,
    tag.includes('name="factorId"') ? (tag.match(/value="([^"]*)"/)?.[1] ?? null) : null,
  ]);

test("a new code goes to where the last one went, and every other address has a button of its own", () => {
  expect(buttonsOf(panel(sent))).toEqual([
    ["Send a new code", two],
    [`Send it to ${unbroken("+1 ••• 101")} instead`, one],
  ]);
});

test("with one address there is nothing to choose, so nothing is chosen", () => {
  const only = { ...sent, sentTo: "+1 ••• 101", sentToId: one, addresses: addresses.slice(0, 1) };
  expect(buttonsOf(panel(only))).toEqual([["Send a new code", null]]);
});

test("before the first code the button says where it will go", () => {
  const html = panel({ ...sent, sentTo: null, sentToId: null });
  expect(html).toContain("No code was sent yet.");
  expect(html).toContain(`${unbroken("+1 ••• 101")}.`);
  expect(buttonsOf(html)).toEqual([
    ["Send a code", one],
    [`Send it to ${unbroken("+44 ••• 202")} instead`, two],
  ]);
});

test("too early the moment is said, and the button waits for it where scripts can count", () => {
  const html = panel({ ...sent, againAt: new Date(now.getTime() + seconds(59)) });
  expect(html).toContain("You can ask for a new code from 09:00 UTC on.");
  expect(html).toMatch(/class="[^"]* invisible group-has-data-over:visible noscript:visible [^"]*"><form/);
});

test("when enough were sent there is a sentence and no button", () => {
  const html = panel({ ...sent, mayAskAgain: false });
  expect(html).toContain("Enough codes were sent for this step.");
  expect(buttonsOf(html)).toEqual([]);
});
