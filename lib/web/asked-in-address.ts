/** The two preferences of the footer, by the name that each has in an address. */
export type Preference = "language" | "theme";

const names: Readonly<Record<Preference, string>> = { language: "lang", theme: "theme" };

/** Where the entry leaves them for the page; from outside none is taken. */
export const askedHeaders: Readonly<Record<Preference, string>> = {
  language: "x-sallyport-language",
  theme: "x-sallyport-theme",
};

/** What the query of an address asks for; "" for nothing. A cookie goes before it: this is for a browser that keeps none. */
export function askedInAddress(query: string): Readonly<Record<Preference, string>> {
  const asked = new URLSearchParams(query);
  const read = (name: string) => (asked.get(name) ?? "").replace(/[^a-z]/g, "").slice(0, 16); // it becomes a header
  return { language: read(names.language), theme: read(names.theme) };
}

/** The same page, asking for `value`; null: asking for nothing of this kind. */
export function askingFor(page: URL, kind: Preference, value: string | null): URL {
  const asking = new URL(page);
  if (value !== null) asking.searchParams.set(names[kind], value);
  else if (asking.searchParams.has(names[kind])) asking.searchParams.delete(names[kind]);
  return asking;
}
