import { Drawing } from "@/components/ui/drawing";
import { downIcon } from "@/components/ui/icons";

export type NavLink = { readonly href: string; readonly label: string };

type NavProps = {
  readonly label: string;
  readonly links: readonly NavLink[];
  /** The page's own address. */
  readonly path: string;
};

/**
 * A side list on wide screens. On narrow ones a button that says where one is, and the list behind it: a popover, which the browser opens, closes and tells
 * screen readers about by itself, with or without scripts. The deepest address above the page is the current one.
 */
export function Nav({ label, links, path }: NavProps) {
  const above = links.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  const current = above.sort((a, b) => b.href.length - a.href.length)[0];
  return (
    <nav aria-label={label} className="print:hidden">
      <button type="button" popoverTarget="places" className="places-button">
        <span>
          <span className="text-muted">{label}</span> <strong>{current?.label}</strong>
        </span>
        <Drawing path={downIcon} />
      </button>
      <ul id="places" popover="auto" className="places">
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
