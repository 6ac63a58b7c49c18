import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenIn } from "@/lib/kernel/pasted-token";

const token = "inv_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYm-_";

describe("a link's token that came through a letter is the token", () => {
  test.each([
    ["as it is", token],
    ["with a full stop behind it", `${token}.`],
    ["at the end of a question in brackets", `${token})?`],
    ["in angle brackets", `<${token}>`],
    ["in quotation marks", `“${token}”`],
    ["over two lines", `${token.slice(0, 30)}\r\n${token.slice(30)}`],
    ["with a space behind it", `${token} `],
    ["with the same, encoded", `${token}%20`],
    ["with a zero width space, encoded", `%E2%80%8B${token}`],
    ["with a mark of direction and a soft hyphen", `\u200e${token.slice(0, 9)}\u00ad${token.slice(9)}`],
    ["with its underscore encoded", token.replace("_", "%5F")],
    ["with a Chinese full stop", `${token}。`],
  ])("%s", (_, pasted) => expect(tokenIn(pasted)).toBe(token));
});

test.each(["%", "%E0%A4", `${token}${" ".repeat(2000)}`, "", "\ud800"])("%j is none, and breaks nothing", (pasted) =>
  expect(tokenIn(pasted)).not.toBe(token),
);

test("reading what was read changes nothing, whatever it was", () => {
  fc.assert(
    fc.property(fc.base64String({ minLength: 43, maxLength: 60 }), fc.string({ unit: "binary" }), (made, noise) => {
      const one = `set_${made.replace(/[^A-Za-z0-9]/g, "-")}`;
      expect(tokenIn(one)).toBe(one);
      expect(() => tokenIn(noise)).not.toThrow();
    }),
  );
});
