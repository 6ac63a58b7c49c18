/**
 * The form's own fields, each once and as text; null when any comes twice or is a file (ASVS 5.0, 15.3.7), and when it is no form
 * at all: whoever calls an action without our pages may send any value in a form's place, and it was decoded before we see it.
 */
export function readForm(form: unknown): Record<string, string> | null {
  if (!(form instanceof FormData)) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of form.entries()) {
    if (name.startsWith("$ACTION_")) continue; // the framework's own
    if (typeof value !== "string" || fields.has(name)) return null;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}
