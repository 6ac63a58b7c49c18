import type { Ctx } from "@/lib/context/context";
import { ourKeyNames, type Portal } from "@/lib/portals/portal";
import { writeBeat } from "@/lib/portals/store";

let count = 0;

/** Another portal that has just said that it lives: with our keys and secrets, unless a test wishes otherwise. */
export async function neighbour(ctx: Ctx, wishes: Partial<Portal> = {}): Promise<Portal> {
  count += 1;
  const portal = { id: `n${count}`, name: `login-${count}:3000`, version: "0.1.0", appsHash: "", ...ourKeyNames() };
  const living = { ...portal, ...wishes };
  await writeBeat(ctx, living, 0);
  return living;
}

/** As if its last beat had been so long ago by the database's clock. */
export async function quietFor(ctx: Ctx, { id }: Pick<Portal, "id">, seconds: number): Promise<void> {
  await ctx.db
    .$executeRaw`UPDATE portals SET seen_at = clock_timestamp() - make_interval(secs => ${seconds}) WHERE id = ${id}`;
}
