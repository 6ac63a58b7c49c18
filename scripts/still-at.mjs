import { say } from "./say.mjs";

/** Says every so often that some work goes on whose length nobody knows. Out: what the work gives. */
export async function stillAt(what, work, every = 15_000) {
  const begun = performance.now();
  const tell = () => say(`Still ${what}, for ${Math.round((performance.now() - begun) / 1000)} s so far…`);
  const timer = setInterval(tell, every);
  return work().finally(() => clearInterval(timer));
}
