import { readOverview } from "@/lib/account/read-overview";
import type { Ctx } from "@/lib/context/context";
import type { Asker } from "@/lib/factors/held-kinds";
import type { FactorView } from "@/lib/factors/view";

/** What protects an account, oldest first, as the security page shows it to one browser. */
export async function listFactors(ctx: Ctx, asker: Asker): Promise<readonly FactorView[]> {
  return (await readOverview(ctx, { isAdmin: false, policy: null, ...asker })).factors;
}
