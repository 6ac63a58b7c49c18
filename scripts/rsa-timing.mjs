import { constants, publicEncrypt } from "node:crypto";
import { join } from "node:path";
import "./check-node.mjs";

const { mannWhitney } = await import("./bench/mann-whitney.mjs");
const { median } = await import("./bench/spread.mjs");
const { bundle } = await import("./bundle.mjs");
const { root } = await import("./run-step.mjs");
const { say } = await import("./say.mjs");

/**
 * `node scripts/rsa-timing.mjs [rounds]`: does the time of opening an encrypted password tell whether its padding was right (Bleichenbacher;
 * Marvin, CVE-2023-46809)? Compares every class of broken padding with the one that an attacker waits for, over the whole opening and over what
 * comes after the RSA operation. Exits 1 when one differs beyond chance: p below 0.0005, which twenty comparisons reach once in a hundred runs.
 */
const rounds = Number(process.argv[2] ?? 2000);
const chance = 0.0005;

process.chdir(root);
await bundle(["lib/testing/rsa-timing.ts"]);
const { baseline, timeOpenings, timeReadings } = await import(join(root, ".sallyport", "rsa-timing.mjs"));
compare("opening", await timeOpenings(rounds, encrypt));
compare("reading the padding", await timeReadings(10 * rounds));

function encrypt(key, block) {
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block).toString("base64");
}

function compare(name, times) {
  say(`\n${name}, against "${baseline}" (median ${micro(median(times[baseline]))}, n ${times[baseline].length})`);
  for (const [kind, all] of Object.entries(times).filter(([kind]) => kind !== baseline)) {
    const { z, p } = mannWhitney(all, times[baseline]);
    if (p < chance) process.exitCode = 1;
    const told = p < chance ? "  IT TELLS" : "";
    say(`  ${kind.padEnd(48)} median ${micro(median(all))}  z ${z.toFixed(2)}  p ${p.toPrecision(2)}${told}`);
  }
}

function micro(milliseconds) {
  return `${(milliseconds * 1000).toFixed(2)} µs`;
}
