type FiltersProps = {
  readonly label: string;
  readonly filters: readonly { readonly href: string; readonly label: string; readonly isCurrent: boolean }[];
};

/** What a list can be narrowed to: links, of which one is where the reader is. */
export function Filters({ label, filters }: FiltersProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {filters.map(({ href, label: words, isCurrent }) => (
        <a key={href} href={href} className="place" {...(isCurrent && { "aria-current": "page" })}>
          {words}
        </a>
      ))}
    </nav>
  );
}
