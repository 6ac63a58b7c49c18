import { expect, test } from "vitest";
import { lineFault, lineFaultOfPage } from "@/components/form/line-fault";

const named = (name: string) => Object.assign(new Error("Server Action was not found"), { name });

test.each([
  ["no network", new TypeError("Failed to fetch"), "offline"],
  ["a proxy's page", new Error("An unexpected response was received from the server."), "silent"],
  ["an answer that breaks off", new Error("Connection closed."), "silent"],
  ["a sentence of the entry", new Error("We cannot answer right now.\n"), "silent"],
  ["a build that does not know the form", named("UnrecognizedActionError"), "outdated"],
  ["a fault of ours", Object.assign(new Error("An error occurred"), { digest: "12345" }), null],
  ["a redirect", Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;push;/login;303;" }), null],
  ["no error at all", "nothing", null],
] as const)("%s is told as what it is", (_, thrown, fault) => expect(lineFault(thrown)).toBe(fault));

test.each([
  ["no network", new TypeError("Failed to fetch"), "offline"],
  ["no network in Safari", new TypeError("Load failed"), "offline"],
  ["a proxy's page", new Error("An unexpected response was received from the server."), "silent"],
  ["a slip of our own code in the browser", new TypeError("undefined is not a function"), null],
  ["another one", new Error("Minified React error #418"), null],
] as const)("on the error page %s is told as what it surely is", (_, thrown, fault) =>
  expect(lineFaultOfPage(thrown)).toBe(fault),
);
