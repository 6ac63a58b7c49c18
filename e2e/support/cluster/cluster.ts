import { spawn } from "node:child_process";
import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { each, isWhole, until } from "@/e2e/support/cluster/asks";
import { type Lost, makeLosses, type Way } from "@/e2e/support/cluster/losses";
import { type Grounds, makeNode, type Node } from "@/e2e/support/cluster/node";
import { freePort } from "@/e2e/support/portal";
import { spawnOptions } from "@/lib/db/built-in-cluster";
import { unprivilegedAccount } from "@/lib/db/built-in-place";
import { theFence } from "@/lib/testing/papers/fences";
import { answers, programPath, runProxy } from "@/lib/testing/papers/run-proxy";

/** Three PostgreSQL under Patroni, etcd beside them, and haproxy that asks who leads: as docs/scale.md has it, on loopback. */
export type Cluster = {
  /** The portal's own address for its database, whoever leads. */
  readonly url: string;
  /** Takes the lead from whoever has it, in this way, and waits until another one took a write through haproxy. */
  loseLeader(way: Way): Promise<Lost>;
  /** Of the writes that leaders acknowledged after they woke, or while they were cut off: how many there were, and how many the cluster does not have. */
  lateWrites(): Promise<{ readonly acknowledged: number; readonly lost: number }>;
  /** Waits until one leads and both others follow it, one of them so that commits wait for it where they do. */
  untilWhole(): Promise<void>;
  stop(): Promise<void>;
};

/** How to close what was opened, the last first. */
type Ends = (() => Promise<void>)[];

export async function startCluster({ isSynchronous }: { readonly isSynchronous: boolean }): Promise<Cluster> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : null;
  const base = await mkdtemp(join(tmpdir(), "cluster-"));
  if (account !== null) await chown(base, account.uid, account.gid);
  const ends: Ends = [() => rm(base, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await open({ base, account, etcd: await freePort() }, isSynchronous, ends)), stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

async function open(grounds: Grounds, isSynchronous: boolean, ends: Ends): Promise<Omit<Cluster, "stop">> {
  ends.push(await startEtcd(grounds));
  const nodes = await makeNodes(grounds, isSynchronous);
  process.once("exit", () => {
    for (const node of nodes) node.kill();
  });
  ends.push(async () => void (await Promise.all(nodes.map((node) => node.stop()))));
  const port = await freePort();
  ends.push(await startLeaderProxy(grounds.base, port, nodes));
  for (const node of nodes) node.start();
  const untilWhole = () =>
    until("the cluster is whole", () => isWhole(nodes, isSynchronous)).catch((fault: unknown) => {
      throw new Error(nodes.map(({ name, output }) => `${name}: ${output()}`).join("\n"), { cause: fault });
    });
  await untilWhole();
  const superuser = `postgresql://postgres:a-password-of-your-own@127.0.0.1:${port}/postgres`;
  await each(superuser, [
    "CREATE ROLE sallyport LOGIN PASSWORD 'of-the-portal'",
    "CREATE DATABASE sallyport OWNER sallyport",
  ]);
  const url = `postgresql://sallyport:of-the-portal@127.0.0.1:${port}/sallyport`;
  return { url, ...makeLosses(nodes, superuser), untilWhole };
}

async function makeNodes(grounds: Grounds, isSynchronous: boolean): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (const name of ["one", "two", "three"]) nodes.push(await makeNode(grounds, { name, isSynchronous }));
  return nodes;
}

async function startEtcd({ base, account, etcd }: Grounds): Promise<() => Promise<void>> {
  const peers = `http://127.0.0.1:${await freePort()}`;
  const clients = `http://127.0.0.1:${etcd}`;
  const folder = join(base, "etcd");
  await mkdir(folder, { mode: 0o700 });
  if (account !== null) await chown(folder, account.uid, account.gid);
  const places = ["--listen-client-urls", clients, "--advertise-client-urls", clients];
  const own = ["--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers];
  const all = ["--enable-v2", "--data-dir", folder, ...places, ...own, "--initial-cluster", `default=${peers}`];
  const child = spawn(programPath("etcd") ?? "", all, { ...spawnOptions({ base, account }), stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await until("etcd answers", () => answers(etcd));
  return async () => {
    child.kill("SIGKILL");
    await ended;
  };
}

async function startLeaderProxy(base: string, port: number, nodes: readonly Node[]): Promise<() => Promise<void>> {
  const file = join(base, "leader.cfg");
  const documented = theFence("docs/scale.md", "conf");
  const changes: readonly (readonly [string, string])[] = [
    ["bind 127.0.0.1:5000", `bind 127.0.0.1:${port}`],
    ...nodes.map(({ name, sql, rest }, nth): readonly [string, string] => [
      `server ${name} 10.0.0.2${nth + 1}:5432 port 8008`,
      `server ${name} 127.0.0.1:${sql} port ${rest}`,
    ]),
  ];
  const own = changes.reduce((all, [from, to]) => {
    if (all.split(from).length !== 2) throw new Error(`docs/scale.md has not once "${from}" for haproxy.`);
    return all.replace(from, to);
  }, documented);
  await writeFile(file, own);
  return (await runProxy(programPath("haproxy") ?? "", ["-db", "-f", file], port, {})).stop;
}
