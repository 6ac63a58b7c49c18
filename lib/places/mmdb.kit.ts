/** A record as such a file has it: texts, numbers below 2³², lists and maps. */
type Written = string | number | readonly Written[] | { readonly [name: string]: Written };

/** A network by its first bits, given as bytes and how many of their bits count, and what the file has of it. */
type Net = { readonly bytes: readonly number[]; readonly bits: number; readonly record: Written };

type Wishes = { readonly builtAt: Date; readonly recordSize?: 24 | 28 | 32; readonly isWide?: boolean };

type Node = { readonly children: [Child, Child] };
type Child = Node | { readonly at: number } | null;

/** Writes a small file of the MaxMind DB format as its public specification has it. A network of 4 bytes lies behind twelve zeros where the file is `isWide`. */
export function tinyMmdb(nets: readonly Net[], { builtAt, recordSize = 24, isWide = true }: Wishes): Buffer {
  const root: Node = { children: [null, null] };
  const records: Buffer[] = [];
  let length = 0;
  for (const net of nets) {
    const bytes = isWide && net.bytes.length === 4 ? [...Array(12).fill(0), ...net.bytes] : net.bytes;
    plant(root, bytes, net.bits + 8 * (bytes.length - net.bytes.length), { at: length });
    const record = write(net.record);
    records.push(record);
    length += record.length;
  }
  const nodes = numbered(root);
  const tree = nodes.map((node) =>
    pair(
      node.children.map((child) => numberOf(child, nodes)),
      recordSize,
    ),
  );
  const told = {
    node_count: nodes.length,
    record_size: recordSize,
    ip_version: isWide ? 6 : 4,
    binary_format_major_version: 2,
    build_epoch: Math.floor(builtAt.getTime() / 1000),
  };
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([...tree, Buffer.alloc(16), ...records, marker, write(told)]);
}

function plant(root: Node, bytes: readonly number[], bits: number, leaf: { readonly at: number }): void {
  let node = root;
  for (let place = 0; place < bits; place += 1) {
    const side = ((bytes[place >> 3] ?? 0) >> (7 - (place & 7))) & 1;
    const found = node.children[side] ?? null;
    if (place === bits - 1) node.children[side] = leaf;
    else if (found !== null && "children" in found) node = found;
    else {
      const made: Node = { children: [null, null] };
      node.children[side] = made;
      node = made;
    }
  }
}

function numbered(root: Node): readonly Node[] {
  const nodes = [root];
  for (const node of nodes)
    for (const child of node.children) if (child !== null && "children" in child) nodes.push(child);
  return nodes;
}

function numberOf(child: Child, nodes: readonly Node[]): number {
  if (child === null) return nodes.length;
  return "at" in child ? nodes.length + 16 + child.at : nodes.indexOf(child);
}

function pair(numbers: readonly number[], size: 24 | 28 | 32): Buffer {
  const [left = 0, right = 0] = numbers;
  const bytes = Buffer.alloc(size / 4);
  if (size === 32) {
    bytes.writeUInt32BE(left, 0);
    bytes.writeUInt32BE(right, 4);
    return bytes;
  }
  bytes.writeUIntBE(left % 2 ** 24, 0, 3);
  bytes.writeUIntBE(right % 2 ** 24, size === 24 ? 3 : 4, 3);
  if (size === 28) bytes.writeUInt8((Math.floor(left / 2 ** 24) << 4) | Math.floor(right / 2 ** 24), 3);
  return bytes;
}

function write(value: Written): Buffer {
  if (typeof value === "string") return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(11, value.length), ...value.map(write)]);
  const entries = Object.entries(value);
  return Buffer.concat([head(7, entries.length), ...entries.flatMap(([name, one]) => [write(name), write(one)])]);
}

/** The bytes before a value: its type, in a byte more where it is above seven, and its size. */
function head(type: number, size: number): Buffer {
  const [first, extended] = type > 7 ? [0, [type - 7]] : [type << 5, []];
  if (size < 29) return Buffer.from([first | size, ...extended]);
  if (size < 285) return Buffer.from([first | 29, ...extended, size - 29]);
  return Buffer.from([first | 30, ...extended, (size - 285) >> 8, (size - 285) & 255]);
}
