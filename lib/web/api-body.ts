import { isNestedDeeper } from "@/lib/kernel/json-depth";

/** How deep a body may be nested: the deepest that clients send has three levels. */
const deepest = 16;

/** A body of a call: what it says, or that it cannot be read. Empty counts as nothing said. */
export type ApiBody = { readonly kind: "read"; readonly value: unknown } | { readonly kind: "unreadable" };

/**
 * Reads JSON that says so (a page of another origin cannot send that without a preflight). The serving entry has bounded its size; its depth is
 * bounded here, before a parser climbs down.
 */
export async function readApiBody(request: Request): Promise<ApiBody> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return { kind: "read", value: {} }; // a file for what is not offered: nothing of it is read
  const text = await request.text();
  if (text === "") return { kind: "read", value: {} };
  if (type !== "application/json" || isNestedDeeper(text, deepest)) return { kind: "unreadable" };
  try {
    return { kind: "read", value: JSON.parse(text) };
  } catch {
    return { kind: "unreadable" }; // whatever is wrong with it is the client's
  }
}
