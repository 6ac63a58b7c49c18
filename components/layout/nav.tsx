export type NavLink = { readonly href: string; readonly label: string };

type NavProps = {
  readonly label: string;
  readonly links: readonly NavLink[];
  /** The page's own address. */
  readonly path: string;
};

/** A side list on wide screens, a top list on a phone. The deepest address above the page is the current one. */
export function Nav({ label, links, path }: NavProps) {
  const above = links.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  const current = above.sort((a, b) => b.href.length - a.href.length)[0];
  return (
    <nav aria-label={label} className="print:hidden">
      <ul className="-mx-3 flex flex-wrap gap-1 lg:sticky lg:top-6 lg:flex-col">
        {links.map(({ href, label: words }) => (
          <li key={href}>
            <a href={href} className="place" {...(current?.href === href && { "aria-current": "page" })}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
