import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import type { Profile } from "@/lib/users/user";

/** Of a row of `users` under this name: what `Profile` holds, as a JSON object. */
export const profileJson = (of: Prisma.Sql): Prisma.Sql => Prisma.sql`
  json_build_object('id', ${of}.id, 'email', ${of}.email, 'username', ${of}.username, 'phone', ${of}.phone,
    'createdAt', ${of}.created_at, 'lastLoginAt', ${of}.last_login_at)`;

/** A profile as `profileJson` wrote it: moments are texts there. */
export function readProfile(row: ProfileRow): Profile {
  const { createdAt, lastLoginAt } = row;
  return { ...row, createdAt: new Date(createdAt), lastLoginAt: lastLoginAt === null ? null : new Date(lastLoginAt) };
}

export type ProfileRow = Omit<Profile, "createdAt" | "lastLoginAt"> & {
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
};

export async function findProfile(ctx: RawCtx, userId: string): Promise<Profile | null> {
  const rows = await sql(ctx).$queryRaw<{ profile: ProfileRow }[]>`
    SELECT ${profileJson(Prisma.sql`u`)} AS profile FROM users u WHERE u.id = ${userId}`;
  return rows[0] ? readProfile(rows[0].profile) : null;
}
