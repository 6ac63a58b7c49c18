import { lastly, type RawCtx } from "@/lib/context/context";
import { withoutUnsent } from "@/lib/letters/store";

/** What the letters `about` it tell is over: those that have not left are dropped, with the last statement of the transaction that ends it. */
export const dropUnsent = (tx: RawCtx, about: string): Promise<void> => lastly(tx, () => withoutUnsent(tx, about));
