import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { FaultPage } from "@/components/fault/fault-page";
import { lineFault, lineFaultOfPage, lineSentence } from "@/components/form/line-fault";
import { errorSentenceAlone } from "@/lib/serve/error-page";

const named = (name: string) => Object.assign(new Error("Server Action was not found"), { name });

test.each([
  ["no network", new TypeError("Failed to fetch"), "offline"],
  ["a proxy's page", new Error("An unexpected response was received from the server."), "silent"],
  ["an answer that breaks off", new Error("Connection closed."), "silent"],
  ["a sentence of the entry", new Error("We cannot answer right now.\n"), { told: "We cannot answer right now." }],
  ["a proxy's own words", new Error("upstream connect error"), "silent"],
  ["a text without end", new Error(`${"x".repeat(1000)}\n`), "silent"],
  ["a text of many lines", new Error("One.\nTwo.\n"), "silent"],
  ["a build that does not know the form", named("UnrecognizedActionError"), "outdated"],
  ["a fault of ours", Object.assign(new Error("An error occurred"), { digest: "12345" }), null],
  ["a redirect", Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;push;/login;303;" }), null],
  ["no error at all", "nothing", null],
] as const)("%s is told as what it is", (_, thrown, fault) => expect(lineFault(thrown)).toEqual(fault));

test.each([
  ["no network", new TypeError("Failed to fetch"), "offline"],
  ["no network in Safari", new TypeError("Load failed"), "offline"],
  ["a proxy's page", new Error("An unexpected response was received from the server."), "silent"],
  ["a sentence of the entry", new Error("Nothing has changed.\n"), { told: "Nothing has changed." }],
  ["a slip of our own code in the browser", new TypeError("undefined is not a function"), null],
  ["another one", new Error("Minified React error #418"), null],
] as const)("on the error page %s is told as what it surely is", (_, thrown, fault) =>
  expect(lineFaultOfPage(thrown)).toEqual(fault),
);

test.each([400, 403, 404, 405, 409, 413, 414, 415, 421, 429, 431, 500, 503])(
  "whoever the entry refuses with %i reads its sentence, beside the form and on the error page",
  (status) => {
    for (const language of ["en", "zh"] as const) {
      const sentence = errorSentenceAlone({ status, language, requestId: "7Qw3hK2mPq9sVb5xYd1nRg" });
      const thrown = new Error(`${sentence}\n`);
      const fault = lineFault(thrown);
      expect(fault && lineSentence(fault, language).text).toBe(sentence);
      const page = <FaultPage reference={undefined} line={lineFaultOfPage(thrown)} again={() => {}} />;
      const html = renderToStaticMarkup(page).replaceAll("&#x27;", "'");
      expect(html).toContain(sentence);
      expect(html).not.toContain("The fault is ours");
    }
  },
);
