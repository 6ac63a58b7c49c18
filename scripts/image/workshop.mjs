import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root, run } from "../run-step.mjs";

const programs = ["buildah", "podman", "runc", "mmdebstrap"];
const isThere = (name) =>
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"].some((folder) => existsSync(join(folder, name)));

/** What this machine lacks for building and running an image. */
export const missingTools = () => [
  ...programs.filter((name) => !isThere(name)),
  ...(process.getuid?.() === 0 ? [] : ["an account that may mount (root)"]),
];

/** No limits by default: runc may not raise them where this machine is a container itself. So each run names its own. */
const engine = (folder) => `[containers]
default_ulimits = []
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
lock_type = "file"
runtime = "runc"
static_dir = "${folder}/static"
volume_path = "${folder}/volumes"
tmp_dir = "${folder}/tmp"
`;

/** Layers lie over each other where the system can do that here; else each is a whole copy of the one below. */
async function driverFor(folder) {
  const [below, above, work, whole] = ["below", "above", "work", "whole"].map((name) => join(folder, "layers", name));
  for (const path of [below, above, work, whole]) mkdirSync(path, { recursive: true });
  const options = `lowerdir=${below},upperdir=${above},workdir=${work}`;
  const { code } = await run("mount", ["-t", "overlay", "overlay", "-o", options, whole]);
  if (code === 0) await run("umount", [whole]);
  return code === 0 ? "overlay" : "vfs";
}

const storage = (folder, { kept, driver }) => `[storage]
driver = "${driver}"
graphroot = "${kept}/${driver}"
runroot = "${folder}/run"
`;

/** What a page calls docker: podman with the settings of this place, on this machine's network, where there may be no other. Podman asks systemd to look after health, which
 * is not everywhere: that is tried by itself. */
const docker = (folder) => `#!/bin/sh
case "$1" in
  build) shift; set -- build --isolation chroot --format docker --layers --network host --volume ${folder}/npmrc:/root/.npmrc:ro --volume /usr/lib/node_modules/npm:/usr/lib/node_modules/npm:ro --volume /etc/ssl/certs:/etc/ssl/certs:ro --build-arg BASE=localhost/sallyport-base "$@" ;;
  run) shift; set -- run --no-healthcheck --network host --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 "$@" ;;
esac
exec podman "$@"
`;

/**
 * A place where images are built and run: storage of its own, whose layers and `base` are kept from one run to the next, and a program `docker` as docs/container.md calls it. Out: `folder`; `shell(text)`, which runs lines of the page and throws with what they said where one fails; `close()`, which takes everything away.
 */
export async function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), "image-"));
  const kept = join(root, ".bench", "image");
  for (const path of [kept, join(folder, "bin"), join(folder, "work")]) mkdirSync(path, { recursive: true });
  writeFileSync(join(folder, "containers.conf"), engine(folder));
  writeFileSync(join(folder, "storage.conf"), storage(folder, { kept, driver: await driverFor(folder) }));
  writeFileSync(join(folder, "bin", "docker"), docker(folder));
  chmodSync(join(folder, "bin", "docker"), 0o755);
  const env = {
    CONTAINERS_CONF: join(folder, "containers.conf"),
    CONTAINERS_STORAGE_CONF: join(folder, "storage.conf"),
    BUILDAH_ISOLATION: "chroot",
    PATH: [join(folder, "bin"), process.env.PATH ?? "", "/usr/sbin"].join(delimiter),
  };
  const work = join(folder, "work");
  const attempt = (text, cwd = work) => run("/bin/sh", ["-e", "-c", text], { cwd, env });
  const shell = async (text, cwd) => {
    const { code, output } = await attempt(text, cwd);
    if (code !== 0) throw new Error(`ended with ${code}:\n${text}\n${output}`);
    return output;
  };
  const close = async () => {
    await attempt("podman rm --all --force --time 5; podman volume rm --all --force");
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, work, base: join(kept, "base.tar"), env, attempt, shell, close };
}
