/** A line drawing (a path of `icons.ts`) beside words; it says nothing by itself, so screen readers skip it. */
export function Drawing({ path }: { readonly path: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 24 24"
      className="size-5 shrink-0 fill-none stroke-current stroke-2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={path} />
    </svg>
  );
}
