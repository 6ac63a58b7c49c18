/** How much of the pool for statements in SQL is in use. Prisma's own small pools tell nobody. */
export type PoolLoad = { readonly busy: number; readonly idle: number; readonly waiting: number };

/** The load of this process's pool; null while there is none. */
export function poolLoad(): PoolLoad | null {
  const pool = globalThis.sallyportPool?.pool;
  if (pool === undefined) return null;
  return { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount };
}
