import "./check-node.mjs";
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** What is compressed already gains nothing. */
const dense = /\.(?:avif|br|gif|gz|ico|jpe?g|png|webp|woff2?)$/;

/**
 * Lays `<name>.br` and `<name>.gz` beside each file below `folder`, as small as they can be made: this is done once, and sent many times.
 * In a process of its own (`node scripts/compress.mjs FOLDER`), whose threads work on several files at once.
 */
async function compressAll(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !dense.test(entry.name));
  await Promise.all(files.map(({ parentPath, name }) => compress(join(parentPath, name))));
}

async function compress(file) {
  const body = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  const asBrotli = promisify(brotliCompress)(body, { params });
  const asGzip = promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION });
  await Promise.all([writeFile(`${file}.br`, await asBrotli), writeFile(`${file}.gz`, await asGzip)]);
}

await compressAll(process.argv[2]);
