/** A call as its document says it: the kind of operation and the one field, which is called like the operation. */
export type Document = { readonly kind: "query" | "mutation"; readonly field: string };

/** The documents of clients have some 2 000 characters; nothing longer is looked at. */
const longest = 16_384;

/**
 * The head of a document: the kind of operation, its name and its variables. It is matched without the white space around it: two places that
 * take white space beside each other would try every way to share a long run of it.
 */
const head = /^(query|mutation)\s+(\w{1,64})\s*(?:\([^(){}]*\))?$/;

/** Its one field, with arguments; the same holds. */
const oneField = /^(\w{1,64})\s*(?:\([^(){}]*\))?$/;

/** One operation and nothing beside or after it; its field is called like it. Null for every other document. Its cost grows like its length. */
export function readDocument(query: string): Document | null {
  if (query.length > longest) return null;
  const opens = query.indexOf("{");
  const closes = query.lastIndexOf("}");
  if (opens < 0 || query.slice(closes + 1).trim() !== "") return null;
  const [, kind, name] = head.exec(query.slice(0, opens).trim()) ?? [];
  const [, field] = oneField.exec(outside(query.slice(opens + 1, closes)).trim()) ?? [];
  if ((kind !== "query" && kind !== "mutation") || field === undefined || name !== field) return null;
  return { kind, field };
}

/** A text without its blocks in braces. What closes and never opened stays, and fits nothing. */
function outside(text: string): string {
  let depth = 0;
  let kept = "";
  for (const sign of text) {
    if (sign === "{") depth += 1;
    else if (sign === "}" && depth > 0) depth -= 1;
    else if (depth === 0) kept += sign;
  }
  return depth === 0 ? kept : "{";
}
