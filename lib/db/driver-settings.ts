/** What the driver is told for every connection. */
export type DriverSettings = {
  readonly connectionString: string;
  readonly ssl: false;
  readonly application_name: string;
};

/**
 * Prisma writes moments without an offset and drops the one it reads, so every connection keeps UTC: on a server of another zone the
 * rows would be off by hours, and under summer time one hour of moments would come twice and what expired in it live again.
 */
const inUtc = "-c TimeZone=UTC";

/**
 * Everything that the driver would otherwise take from its own environment (PGSSLMODE, PGOPTIONS, PGAPPNAME), said aloud: the address
 * decides and nothing beside it. Options that the address names are kept, ours come last and count. `ssl` is what holds where the address
 * says nothing about it.
 */
export function driverSettings(url: string): DriverSettings {
  const address = new URL(url);
  const named = address.searchParams.get("options");
  address.searchParams.set("options", named === null ? inUtc : `${named} ${inUtc}`);
  return { connectionString: address.href, ssl: false, application_name: "sallyport" };
}
