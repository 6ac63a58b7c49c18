import { type RawCtx, sql } from "@/lib/context/context";

/**
 * After a restore: deletes every address that waits for its code; the session that it was begun in is over. A change of the login e-mail stays what it is: for
 * its three days the old mailbox can take it back, and if that had been done since, its owner must be able to do it again. Out: how many.
 */
export const dropEveryProof = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`DELETE FROM contact_proofs`;
