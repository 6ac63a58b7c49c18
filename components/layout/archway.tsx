/** Which of the two doors a page stands before. */
export type Door = 1 | 2;

const arch = "absolute bottom-0 left-1/2 -translate-x-1/2 rounded-t-full border-2 border-b-0";
const nextDoor = "border-accent/60 bg-card/40";
const otherDoor = "border-line bg-card/40";

/** The gates around the card, one within the other; the one to pass now is drawn in the accent. Decoration only. */
export function Archway({ door }: { readonly door: Door | undefined }) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 -z-10 overflow-clip forced-colors:hidden print:hidden"
    >
      <div className={`${arch} top-6 w-gate ${door === 1 ? nextDoor : otherDoor}`} />
      <div className={`${arch} top-14 w-inner-gate ${door === 2 ? nextDoor : otherDoor}`} />
    </div>
  );
}
