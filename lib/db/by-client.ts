import { Prisma } from "@/lib/db/client";
import { type ClientTraits, clients, portalClient } from "@/lib/policy/clients";

/** In a statement about rows of many clients: for each what its kind of client has. In: the column, and what one kind has. */
export const byClient = (clientId: Prisma.Sql, of: (traits: ClientTraits) => Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE ${clientId} WHEN ${portalClient} THEN ${of(clients.portal)} ELSE ${of(clients.app)} END`;
