import { describe, expect, expectTypeOf, test } from "vitest";
import type { HolesOf } from "@/lib/messages/holes";
import { inARow } from "@/lib/messages/in-a-row";
import { say, sayAny, sayIn } from "@/lib/messages/say";

describe("what a person is told", () => {
  test("a plain sentence comes in the language that was asked for", () => {
    expect(say("en", "frame.copied")).toBe("Copied.");
    expect(say("zh", "frame.copied")).toBe("已复制。");
  });

  test("one character and several read differently", () => {
    expect(say("en", "frame.meter_missing", { count: 1 })).toBe("1 more character to go.");
    expect(say("en", "frame.meter_missing", { count: 4 })).toBe("4 more characters to go.");
    expect(sayIn("zh")("frame.meter_missing", { count: 4 })).toBe("还需要 4 个字符。");
  });

  test("sentences in a row have room between them in English, and none in Chinese", () => {
    expect(inARow(["Copied.", "Copied."], "en")).toBe("Copied. Copied.");
    expect(inARow(["已复制。", "已复制。"], "zh")).toBe("已复制。已复制。");
  });

  test("angle brackets in somebody's name are words, not markup", () => {
    expect(say("en", "frame.signed_in_label", { who: "<b>Ada</b> {x}" })).toBe("Logged in as <b>Ada</b> {x}");
  });

  test("a sentence with a hole in it is never said", () => {
    expect(() => sayAny("en", "frame.signed_in_label")).toThrow(/who/);
    expect(() => sayAny("en", "frame.meter_missing", {})).toThrow(/count/);
  });

  test("a forgotten parameter does not compile", () => {
    // @ts-expect-error -- the sentence asks for {who}
    expect(() => say("en", "frame.signed_in_label")).toThrow();
    // @ts-expect-error -- a plural needs a number
    say("en", "frame.meter_missing", { count: "4" });
  });
});

describe("the holes of a sentence", () => {
  test("are read from its braces, and the branches of a plural are not holes", () => {
    expectTypeOf<keyof HolesOf<"You are in.">>().toEqualTypeOf<never>();
    expectTypeOf<HolesOf<"Hello { who }.">>().toEqualTypeOf<{ readonly who: string | number }>();
    expectTypeOf<
      HolesOf<"{left, plural, one {# code} other {# codes for {who}}} until {at, time, short}, {kind, select, app {x} other {}}.">
    >().toEqualTypeOf<{
      readonly left: number;
      readonly who: string | number;
      readonly at: Date;
      readonly kind: string;
    }>();
  });
});
