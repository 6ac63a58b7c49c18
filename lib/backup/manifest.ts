import * as z from "zod";
import { refusal } from "@/lib/backup/refusal";

/** A name of a table or a column, as the migrations write them. */
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const table = z.strictObject({ name, columns: z.array(name).min(1) });
const sequence = z.strictObject({
  table: name,
  column: name,
  value: z.string().regex(/^\d{1,19}$/),
  isCalled: z.boolean(),
});

/** The first file of a backup: what whoever restores it must know before the first row. `tables` stand in the order in which their rows are put back. */
const about = z.strictObject({
  at: z.iso.datetime(),
  version: z.string().max(40),
  migrations: z.array(z.strictObject({ name: z.string().max(255), checksum: hex })),
  keyIds: z.array(z.string().max(16)),
  tables: z.array(table),
  sequences: z.array(sequence),
});

/** The last one: what was written, by table. `sha256`: of the rows as COPY writes them, before they were compressed. */
const sums = z.strictObject({ tables: z.record(name, z.strictObject({ rows: z.int().min(0), sha256: hex })) });

export type About = z.infer<typeof about>;
export type Sums = z.infer<typeof sums>;
export type Sum = Sums["tables"][string];

export const aboutFile = "about.json";
export const sumsFile = "sums.json";

/** Each throws a refusal for what is not of its shape. */
export const readAbout = (body: Buffer): About => read(about, body);
export const readSums = (body: Buffer): Sums => read(sums, body);

function read<T>(shape: z.ZodType<T>, body: Buffer): T {
  const parsed = shape.safeParse(asJson(body));
  if (parsed.success) return parsed.data;
  throw refusal("backup.unreadable", "The backup opens, but its list of contents cannot be read here.");
}

function asJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null; // refused as a wrong shape
  }
}
