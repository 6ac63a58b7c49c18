import type { Rule } from "@/lib/testing/floor-plan";

/** Words that meant several things or hid the field's own (docs/glossary.md), how code would say them, and where stored or outside text still does. */
const oldWords = [
  {
    word: "lane",
    said: /(?<![A-Za-z])lane|Lane/,
    stored: [
      "lib/audit/whose.ts",
      "lib/auth/mfa-token.ts",
      "lib/auth/user-token.ts",
      "lib/api/sends.ts",
      "lib/web/api-route.ts",
      // rows of an older portal, and of a measurement
      "lib/db/moved-rows.test.ts",
      "scripts/backup-measure.mjs",
    ],
  },
  // the JSON API for apps; its message ids are outside names and keep the word
  {
    word: "wire",
    said: /lib\/wire|(?<![A-Za-z])wire[A-Z]|[a-z]Wire(?![a-z])/,
    stored: ["scripts/versions/fill-before.mjs"],
  },
  { word: "errand", said: /(?<![A-Za-z])errand|Errand/, stored: [] },
  // what a counter is given back is a refund, what it forgets at a success a reset
  { word: "unpay, uncount, forgive", said: /(?<![A-Za-z])(?:unpay|uncount|forgive)(?![a-z])/, stored: [] },
  { word: "pay, take back", said: /(?<![A-Za-z])(?:pay|takeBack)[A-Z(]/, stored: [] },
  // a try is consumed, and refunded where a fault of ours ended what it was for
  { word: "charge", said: /(?<![A-Za-z])charg(?:e|ing)|Charg(?:e|ing)/, stored: [] },
  // a code is sent; POST is a method of HTTP, by which operations of the API are named
  {
    word: "post",
    said: /(?<![A-Za-z])post[A-Z]/,
    stored: ["lib/api/describe-paths.ts", "e2e/specs/no-cookies.spec.ts"],
  },
];

/** Tests and stories read what is stored and logged: a key with its word, the name of a line. */
const isTest = (path: string) => /\.(?:test|spec)\.tsx?$/.test(path);
const inRows = /\blane(?:: "|\\?\.)[\w-]+/g;

/** A client, a counter, a queue or the API: each has a word of its own (docs/decisions/0039). What is stored keeps its text, in its owner's file. */
export const oldWordsStayAway: Rule = (files) =>
  [...files].flatMap(([path, whole]) => {
    const text = isTest(path) ? whole.replace(inRows, "") : whole;
    return oldWords.flatMap(({ word, said, stored }) =>
      !stored.includes(path) && path !== "lib/testing/old-words.ts" && (said.test(text) || said.test(path))
        ? [`${path} says ${word}`]
        : [],
    );
  });
