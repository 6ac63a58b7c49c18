import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import type { Profile } from "@/lib/users/user";

/** Of a row of `users` under this name: what `Profile` holds, as a JSON object. */
export const profileJson = (of: Prisma.Sql): Prisma.Sql => Prisma.sql`
  json_build_object('id', ${of}.id, 'email', ${of}.email, 'isEmailConfirmed', ${of}.email_confirmed_at IS NOT NULL, 'username', ${of}.username,
    'phone', ${of}.phone, 'name', ${of}.name, 'nickname', ${of}.nickname, 'photo', ${of}.photo, 'createdAt', ${of}.created_at, 'lastLoginAt', ${of}.last_login_at)`;

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

/** What apps may call somebody. Undefined fields stay as they are. */
export type CalledAs = {
  readonly name?: string | null;
  readonly nickname?: string | null;
  readonly photo?: string | null;
};

/** Changes what of it is given. False: nothing is different, or they are gone. */
export async function replaceCalledAs(ctx: RawCtx, userId: string, as: CalledAs): Promise<boolean> {
  const given = (value: string | null | undefined, column: string) =>
    value === undefined ? Prisma.raw(column) : Prisma.sql`${value}`;
  const [name, nickname, photo] = [given(as.name, "name"), given(as.nickname, "nickname"), given(as.photo, "photo")];
  const replaced = await sql(ctx).$executeRaw`
    UPDATE users SET name = ${name}, nickname = ${nickname}, photo = ${photo}
    WHERE id = ${userId} AND (name, nickname, photo) IS DISTINCT FROM (${name}::text, ${nickname}::text, ${photo}::text)`;
  return replaced === 1;
}
