import { run } from "../run-step.mjs";

const program = `
  const { hash, verify } = await import("@node-rs/argon2");
  const phc = await hash("a passphrase for measuring with", { memoryCost: 19456, timeCost: 2, parallelism: 1 });
  const count = Number(process.argv[1]);
  let left = count;
  const worker = async () => { while (left-- > 0) await verify(phc, "a passphrase for measuring with"); };
  const begun = performance.now();
  await Promise.all(Array.from({ length: 4 }, worker));
  console.log(JSON.stringify({ perSecond: count / ((performance.now() - begun) / 1000) }));`;

/** How many password hashes this machine verifies in a second when nothing else runs: the limit of the password step. */
export async function measureArgon2(count) {
  const { code, output } = await run(process.execPath, ["--input-type=module", "-e", program, String(count)]);
  if (code !== 0) throw new Error(output);
  return JSON.parse(output);
}
