/** Which of the two doors a page stands before. */
export type Door = 1 | 2;

const nextDoor = "border-accent/60 bg-card/40";
const otherDoor = "border-line bg-card/40";

/** The gates around the card, one within the other; the one to pass now is drawn in the accent. Decoration only. */
export function Archway({ door }: { readonly door: Door | undefined }) {
  return (
    <div aria-hidden="true" className="arches">
      <div className={`arch top-6 w-gate ${door === 1 ? nextDoor : otherDoor}`} />
      <div className={`arch top-14 w-inner-gate ${door === 2 ? nextDoor : otherDoor}`} />
    </div>
  );
}
