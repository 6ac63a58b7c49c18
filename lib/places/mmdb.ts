import * as z from "zod";

/** A file that tells something of addresses, in the MaxMind DB format (version 2.0): a tree of the bits of addresses, and the records that its leaves name. */
export type Mmdb = {
  readonly builtAt: Date;
  /** What the file has of an address, given as its 4 or 16 bytes; null: nothing. */
  readonly find: (address: readonly number[]) => unknown;
};

const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");

/** What a file tells of itself. */
const metadata = z.object({
  binary_format_major_version: z.literal(2),
  build_epoch: z.number(),
  node_count: z.number(),
  record_size: z.literal([24, 28, 32]),
  ip_version: z.number(),
});

/** Between the tree and the records lie so many zeros. */
const gap = 16;

/** Reads a whole file; null where it is none of this format, or another version of it. Never throws: a damaged record reads as null. */
export function readMmdb(file: Buffer): Mmdb | null {
  const place = file.lastIndexOf(marker);
  const told = metadata.safeParse(place < 0 ? null : valueAt(file.subarray(place + marker.length), 0));
  if (!told.success) return null;
  const { node_count, record_size, ip_version, build_epoch } = told.data;
  const records = (node_count * record_size) / 4 + gap;
  if (records > place) return null;
  const tree = { file, nodes: node_count, bits: record_size, isWide: ip_version === 6 } as const;
  const data = file.subarray(records, place);
  const find = (address: readonly number[]): unknown => {
    const leaf = leafOf(tree, address);
    return leaf === null ? null : valueAt(data, leaf - gap);
  };
  return { builtAt: new Date(build_epoch * 1000), find };
}

type Tree = {
  readonly file: Buffer;
  readonly nodes: number;
  readonly bits: 24 | 28 | 32;
  /** Its addresses have 16 bytes; those of 4 lie behind twelve zeros. */
  readonly isWide: boolean;
};

/** Walks down by the bits of an address. Out: where its record lies, counted from the end of the tree; null: there is none. */
function leafOf(tree: Tree, address: readonly number[]): number | null {
  if (address.length === 16 && !tree.isWide) return null;
  const bytes = tree.isWide && address.length === 4 ? [...Array(12).fill(0), ...address] : address;
  let node = 0;
  for (const byte of bytes)
    for (let bit = 7; bit >= 0 && node < tree.nodes; bit -= 1) node = childOf(tree, node, (byte >> bit) & 1);
  return node > tree.nodes ? node - tree.nodes : null;
}

/** One of the two numbers of a node. Of 28 bits the upper four of both share the byte in the middle. */
function childOf({ file, bits }: Tree, node: number, side: number): number {
  const at = (node * bits) / 4;
  if (bits === 32) return file.readUInt32BE(at + 4 * side);
  if (bits === 24) return file.readUIntBE(at + 3 * side, 3);
  const middle = file.readUInt8(at + 3);
  return ((side === 0 ? middle >> 4 : middle & 15) << 24) | file.readUIntBE(at + 4 * side, 3);
}

/** A record of an honest file has some hundred values, none of them deep; a damaged one may lead in circles. */
const [mostValues, mostDeep] = [5_000, 20];

/** The value that lies at a place; null for what cannot be read. */
function valueAt(data: Buffer, at: number): unknown {
  const reading = { data, at, left: mostValues };
  try {
    return next(reading, 0);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Reading = { readonly data: Buffer; at: number; left: number };

function next(reading: Reading, depth: number): unknown {
  reading.left -= 1;
  if (reading.left < 0 || depth > mostDeep) throw new RangeError("a record of this file does not end");
  const control = unsigned(reading, 1);
  const type = control >> 5 || 7 + unsigned(reading, 1);
  return type === pointer
    ? pointedAt(reading, control, depth)
    : read(type, reading, sizeOf(reading, control & 31), depth);
}

const pointer = 1;

/** A pointer leads to another place of the records, and reading goes on behind the pointer. */
function pointedAt(reading: Reading, control: number, depth: number): unknown {
  const [length, upper] = [(control >> 3) & 3, control & 7];
  const lower = unsigned(reading, length + 1);
  const to = length === 3 ? lower : upper * 256 ** (length + 1) + lower + (shifts[length] ?? 0);
  const behind = reading.at;
  reading.at = to;
  const value = next(reading, depth + 1);
  reading.at = behind;
  return value;
}

const shifts = [0, 2_048, 526_336];

function sizeOf(reading: Reading, size: number): number {
  if (size < 29) return size;
  if (size === 29) return 29 + unsigned(reading, 1);
  return size === 30 ? 285 + unsigned(reading, 2) : 65_821 + unsigned(reading, 3);
}

/** Values that no place needs (fractions, bytes, very large numbers) are stepped over. */
function read(type: number, reading: Reading, size: number, depth: number): unknown {
  switch (type) {
    case 2:
      return taken(reading, size).toString("utf8");
    case 5:
    case 6:
      return unsigned(reading, size);
    case 7:
      return Object.fromEntries(
        several(size, () => [String(next(reading, depth + 1)), next(reading, depth + 1)] as const),
      );
    case 9:
      return size > 6 ? unsigned(reading, size - 6) * 2 ** 48 + unsigned(reading, 6) : unsigned(reading, size);
    case 11:
      return several(size, () => next(reading, depth + 1));
    case 14:
      return size === 1;
    default:
      taken(reading, size);
      return null;
  }
}

function several<T>(size: number, one: () => T): T[] {
  const all: T[] = [];
  while (all.length < size) all.push(one());
  return all;
}

function taken(reading: Reading, size: number): Buffer {
  const end = reading.at + size;
  if (end > reading.data.length) throw new RangeError("the file ends before its record");
  const bytes = reading.data.subarray(reading.at, end);
  reading.at = end;
  return bytes;
}

const unsigned = (reading: Reading, size: number): number => {
  const bytes = taken(reading, size);
  return size === 0 ? 0 : bytes.readUIntBE(0, size);
};
