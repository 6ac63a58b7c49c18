import { sha256 } from "@/lib/crypto/digest";

const names = new Map<string, string>();
const mostNames = 500;

/**
 * A name for a statement's text: PostgreSQL then parses and plans it once per connection, half of a short statement's cost. Made of the
 * text, so that whoever meets a name of another process behind a pooler meets the same statement. Bounded, because lists of many lengths
 * make many texts; past the bound the name is empty and the statement is parsed each time.
 */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined || names.size >= mostNames) return known ?? "";
  const name = `s${sha256(sql)}`;
  names.set(sql, name);
  return name;
}
