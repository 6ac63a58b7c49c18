import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run-step.mjs";
import { say } from "../say.mjs";

/** What slim images of Debian leave out too. */
const leftOut = ["doc", "info", "locale", "man"].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);

const recipe = `FROM scratch
ADD base.tar /
COPY node /usr/local/bin/node
RUN ln -s /usr/lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
`;

/**
 * Makes the image that the Dockerfile calls BASE, where no registry can be asked for it: the essential packages of Debian 12 and the Node that runs this. Its npm is
 * this machine's, which is lent to it while the packages are installed, as the settings are by which npm finds them.
 */
export async function prepareBase({ folder, base, shell }) {
  if (!existsSync(base)) {
    say("Making the base of the image (some minutes)…");
    const draft = base.replace(/\.tar$/, ".new.tar");
    await shell(`mmdebstrap --quiet --variant=essential --include=libstdc++6 ${leftOut.join(" ")} bookworm ${draft}`);
    renameSync(draft, base);
  }
  const context = join(folder, "base");
  mkdirSync(context);
  writeFileSync(join(context, "Dockerfile"), recipe);
  copyFileSync(process.execPath, join(context, "node"));
  put(base, join(context, "base.tar"));
  await shell(`buildah build --format docker --layers --network host --tag localhost/sallyport-base ${context}`);
  writeFileSync(join(folder, "npmrc"), await npmSettings());
}

/** A second name for the same bytes, where both lie on one disk. */
function put(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

async function npmSettings() {
  const { output } = await run("npm", ["config", "get", "registry"]);
  const authority = process.env.NODE_EXTRA_CA_CERTS;
  return `registry=${output.trim().split("\n").at(-1)}\n${authority ? `cafile=${authority}\n` : ""}`;
}
