/** A line drawing (a path of `icons.ts`) beside words; it says nothing by itself, so screen readers skip it. */
export function Drawing({ path }: { readonly path: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="drawing">
      <path d={path} />
    </svg>
  );
}
