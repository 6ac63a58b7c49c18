import { Reader } from "mmdb-lib";

/** A file that tells something of addresses, in the MaxMind DB format. */
export type Mmdb = {
  readonly builtAt: Date;
  /** What the file has of an address (IPv4 or IPv6, as text); null: nothing, or what cannot be read. */
  readonly find: (address: string) => unknown;
};

type Database = ConstructorParameters<typeof Reader>[0];

/** Reads a whole file; null where it is none of this format. Never throws, as `find` never does: a place is a comfort, and no page fails for it. */
export function readMmdb(file: Database): Mmdb | null {
  const reader = unlessDamaged(() => new Reader(file));
  if (reader === null || Number.isNaN(reader.metadata.buildEpoch.getTime())) return null;
  return { builtAt: reader.metadata.buildEpoch, find: (address) => unlessDamaged(() => reader.get(address)) };
}

/** The library throws, by whatever name, at what is cut off or leads in circles. */
function unlessDamaged<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
