import type { Brand } from "@/components/layout/frame-settings";

/** The mark of the house: a gate within a gate. Decoration; the name beside it is read. */
function DoorMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8 text-accent">
      <path d="M5 29V15a11 11 0 0 1 22 0v14" className="fill-none stroke-current stroke-3" strokeLinecap="round" />
      <path d="M11 29V18a5 5 0 0 1 10 0v11z" className="fill-current" />
    </svg>
  );
}

/** The operator's logo and name, or the house's own. */
export function BrandMark({ brand }: { readonly brand: Brand }) {
  return (
    <span className="inline-flex items-center gap-2.5 text-lg font-bold tracking-tight">
      {brand.logo ? <Logo address={brand.logo} /> : <DoorMark />}
      {brand.name}
    </span>
  );
}

function Logo({ address }: { readonly address: string }) {
  // biome-ignore lint/performance/noImgElement: -- the picture optimiser is switched off; an operator's logo is small
  return <img src={address} alt="" className="h-8 w-auto" />;
}
