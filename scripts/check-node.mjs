/**
 * Refuses a Node that the packages would fail on later. Every command imports this file first and the rest of the house afterwards, by
 * `import()`: what an old Node does not know fails while files are linked, before anything has run. So this one imports nothing, and is
 * written in the JavaScript of 2018.
 *
 * It also makes every command deaf to two signals (stop-signals.mjs tells why): the earlier, the better.
 */
const [major, minor] = process.versions.node.split(".").map(Number);
const isNewEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;

if (!isNewEnough) {
  console.error(
    `\nSallyport needs Node 20.19, 22.12, 24 or newer; this is ${process.versions.node}. Install a newer one (https://nodejs.org) and try again.`,
  );
  process.exit(1);
}

for (const name of ["SIGUSR1", "SIGUSR2"]) process.on(name, () => undefined);
