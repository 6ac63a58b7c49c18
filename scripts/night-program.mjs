/**
 * How the portal starts its nightly backup, beside which it has to live on a machine of one GiB. Little room for young objects; no optimised code, which was 13 of 96 MiB and made a copy that waits for
 * the database, the disk and the compressor no faster; deaf from its first line to the signals that would open Node's inspector.
 */
export const nightProgram = [
  "--max-semi-space-size=1",
  "--no-opt",
  "--import",
  "./scripts/check-node.mjs",
  ".sallyport/portal-night.mjs",
];
