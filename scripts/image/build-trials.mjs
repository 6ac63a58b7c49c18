import { root } from "../run-step.mjs";
import { blockOf, buildAndRun, secretFile } from "./house.mjs";

/** Uncompressed, in MB. */
const sizesAtMost = { portal: 270, sallyport: 340 };

/** A file that only the release before has, by its address. */
export const fileBefore = "_next/static/of-the-release-before.js";

/** Where no image was before, the Dockerfile's first stage is an empty folder. */
export async function buildNothingBefore({ shell }) {
  await shell(`docker build --target previous --tag nothing ${root}`);
}

/** Both, after a release that had one file more. Out: their sizes in words. */
export async function buildBoth({ shell }) {
  await shell(`mkdir -p before/_next/static
echo "// before" > before/${fileBefore}
printf 'FROM scratch\\nCOPY . /app/.next/standalone/files/\\n' > Dockerfile.before
docker build --file Dockerfile.before --tag before before`);
  const previous = "build --build-arg PREVIOUS=localhost/before";
  await shell(buildAndRun().build.replace("build", previous), root);
  await shell(`docker ${previous} --target portal --tag portal .`, root);
  const sizes = {};
  for (const [name, most] of Object.entries(sizesAtMost)) {
    sizes[name] = Math.ceil(Number(await shell(`docker image inspect --format '{{.Size}}' localhost/${name}`)) / 1e6);
    if (sizes[name] > most) throw new Error(`${name} has ${sizes[name]} MB, and may have ${most}`);
  }
  return `${sizes.portal} MB without the built-in PostgreSQL, ${sizes.sallyport} MB with it, both with Node ${process.version}`;
}

const keys = ["portal_keys", "auth_secret"]
  .map((name) => `${secretFile(name)} --env ${name.toUpperCase()}_FILE=/run/secrets/${name}`)
  .join(" ");

/** Must end with 1 and this one sentence. */
async function mustRefuse({ attempt }, { how, sentence, image = "sallyport" }) {
  const { code, output } = await attempt(`docker run --rm --read-only --tmpfs /tmp --cap-drop ALL ${how} ${image}`);
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  if (code !== 1 || lines.length !== 1 || !output.includes(sentence))
    throw new Error(`it ended with ${code}: ${output}`);
}

export const refusals = [
  ["without keys", { how: "", sentence: "PORTAL_KEYS and AUTH_SECRET are missing" }],
  [
    "without a volume that it may write",
    { how: `${keys} --volume "$PWD/closed:/data"`, sentence: "/data, cannot be written by the account number 10001" },
  ],
  [
    "as an account without an entry", // which podman would write by itself
    { how: `${keys} --user 4711:4711 --passwd=false`, sentence: "The account number 4711 has no entry in /etc/passwd" },
  ],
  ["without any PostgreSQL", { how: keys, sentence: "This image brings no PostgreSQL", image: "portal" }],
].map(([name, wanted]) => ({ name: `refused: ${name}`, work: (workshop) => mustRefuse(workshop, wanted) }));

/** The page's keys, and a folder that only root may write. */
export async function makeKeys({ shell }) {
  await shell(blockOf("mkdir -m 700 secrets"));
  await shell("mkdir -m 700 closed");
}
