import { accountDeeds } from "@/lib/testing/lost-for-ever/account-deeds";
import type { Deed } from "@/lib/testing/lost-for-ever/deed";
import { doorDeeds } from "@/lib/testing/lost-for-ever/door-deeds";
import { letterDeeds } from "@/lib/testing/lost-for-ever/letter-deeds";

const all = { ...accountDeeds, ...doorDeeds, ...letterDeeds } as const;

export type DeedName = keyof typeof all;

/** At least one deed for whatever is consumed outside a transaction (`consumed.ts` says what). */
export const deeds: Readonly<Record<DeedName, Deed>> = all;
