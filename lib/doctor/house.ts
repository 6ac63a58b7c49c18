import type { Mended } from "@/lib/config/mended";
import type { Config } from "@/lib/config/read-config";
import type { Ctx } from "@/lib/context/context";
import type { Finding } from "@/lib/doctor/finding";
import type { Clock } from "@/lib/kernel/clock";

/** What the machine says about itself. Handed in, so that a test may have another one. */
export type Machine = {
  readonly clock: Clock;
  /** `20.20.2`. */
  readonly node: string;
  /** The version of a package that is installed; null where it is not. */
  readonly packageVersion: (name: string) => string | null;
  /** Bytes that are free where a folder lies; null where it cannot be asked. */
  readonly freeBytes: (folder: string) => Promise<number | null>;
  /** A number for the disk that a folder lies on. */
  readonly diskOf: (folder: string) => Promise<number | null>;
  /** Null, or why no file can be made in a folder: a code of the system. */
  readonly whyNotWritable: (folder: string) => Promise<string | null>;
  /** Bytes that programs may still take. */
  readonly freeMemory: () => number;
  /** This machine's name, as portals tell it. */
  readonly name: string;
};

/** What the database server says about itself. */
export type Server = {
  /** `180004`. */
  readonly version: number;
  /** Connections that accounts without privileges may have, all together. */
  readonly connections: number;
  readonly isReadOnly: boolean;
  /** The settings that let it forget, after a crash, what it has said to be stored; empty where there are none. */
  readonly forgets: readonly string[];
};

/** The house's database, as far as it can be asked. */
export type Database =
  | {
      readonly kind: "open";
      readonly ctx: Ctx;
      readonly url: string;
      /** Past a pooler. */
      readonly directUrl: string;
      readonly isBuiltIn: boolean;
      readonly server: Server;
    }
  /** Of the operator's own, and it does not let us in. */
  | { readonly kind: "away"; readonly fault: unknown }
  /** The built-in one: it runs, and lets nobody in just now. */
  | { readonly kind: "busy" }
  /** The built-in one: it does not run. */
  | { readonly kind: "at rest" }
  /** The built-in one: it was never made. */
  | { readonly kind: "none" }
  /** A mistake in the settings: nobody can tell where it is. */
  | { readonly kind: "unnamed" };

/** A house as it is found at night. */
export type House = {
  /** The checkout. */
  readonly root: string;
  /** What already the scripts before the portal object to: sentences that say both what is wrong and what to do. */
  readonly objections: readonly string[];
  readonly settings: Mended;
  readonly machine: Machine;
  readonly database: Database;
};

/** The parts that a look needs; it is left out where they are not there. */
export type Settled = House & { readonly config: Config };
export type Opened = Settled & { readonly database: Extract<Database, { readonly kind: "open" }> };

/** Looks at one part of a house. Changes nothing. */
export type Look<H = House> = (house: H) => Promise<readonly Finding[]> | readonly Finding[];
