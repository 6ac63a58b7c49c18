import type { Rule } from "@/lib/testing/floor-plan";

/** Where clients are told apart: what each kind is, and the same for a statement about rows of many. */
const homes = ["lib/policy/clients.ts", "lib/db/by-client.ts"];

const portal = `(?:portalClient|clients\\.\\w+|["'\`]portal["'\`])`;
const hole = "\\$\\{portalClient\\}";

/** Each way in which code asks whether a client is the portal. Handing its id on is none. */
const tellings = [
  new RegExp(`[!=]==? ${portal}`, "g"), // clientId === portalClient
  new RegExp(`${portal} [!=]==?`, "g"),
  new RegExp(`\\bcase ${portal}:`, "g"),
  new RegExp(`\\[${portal}\\]`, "g"), // a record by client, a list of one
  new RegExp(`\\b(?:Object\\.is|includes|has|get|startsWith)\\([^()\\n]*${portal}`, "g"),
  new RegExp(`(?:=|<>|!=|DISTINCT FROM|WHEN|IN \\() ?(?:${hole}|'portal')`, "g"), // of a statement
];

/**
 * Whoever decides asks what a client is (`lib/policy/clients.ts`), never whether it is the portal: the next kind of client would be taken for
 * one of the two that were there before.
 */
export const clientsAreToldApartAtHome: Rule = (files) =>
  [...files].flatMap(([path, text]) => {
    if (homes.includes(path) || path.startsWith("lib/testing/")) return [];
    const lines = tellings.flatMap((telling) => [...text.matchAll(telling)]).map(({ index }) => lineAt(text, index));
    return [...new Set(lines)].map((line) => `${path} tells clients apart: ${line}`);
  });

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return text.slice(start, end === -1 ? undefined : end).trim();
}
