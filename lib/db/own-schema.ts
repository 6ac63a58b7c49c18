import type pg from "pg";

/** What the database says about where this account works. Names are quoted where SQL needs it. */
type Whereabouts = {
  readonly account: string;
  readonly database: string;
  readonly schema: string | null;
  readonly mayCreate: boolean | null;
};

/**
 * Ends a start whose account does not work in `public`: our statements follow its `search_path`, which a role, an option of the address or a schema
 * of its own name changes, while Prisma always asks `public`. Half of the portal would not find what the other half has stored.
 * Throws an Error for the operator; with `creating` also where the account may make no tables there.
 */
export async function refuseOtherSchema(
  client: pg.Client,
  { creating }: { readonly creating: boolean },
): Promise<void> {
  const { rows } = await client.query<Whereabouts>(`
    SELECT quote_ident(current_user) AS account, quote_ident(current_database()) AS database,
           quote_ident(current_schema()) AS schema,
           (SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = 'public') AS "mayCreate"`);
  const [place] = rows;
  if (place === undefined) return;
  const { account, database, schema, mayCreate } = place;
  if (mayCreate === null)
    throw new Error(
      `The database ${database} has no schema public, where the portal's tables lie. Make one: CREATE SCHEMA public AUTHORIZATION ${account}`,
    );
  if (schema !== "public" && (schema !== null || mayCreate))
    throw new Error(
      `The portal's tables lie in the schema public, but its account ${account} works in ${schema ?? "no schema at all"}. As the owner of the database: ALTER ROLE ${account} IN DATABASE ${database} SET search_path = public; GRANT USAGE, CREATE ON SCHEMA public TO ${account} (and no search_path in DATABASE_URL)`,
    );
  if (!mayCreate && (creating || schema === null))
    throw new Error(
      `The account ${account} may make no tables in the schema public of the database ${database}. As its owner: GRANT USAGE, CREATE ON SCHEMA public TO ${account}`,
    );
}
