import { existsSync } from "node:fs";
import { programPath } from "@/lib/testing/papers/run-proxy";

/** What a real cluster is made of, as Debian 12 has it. */
const needed = ["patroni", "etcd", "haproxy"] as const;
const postgres = "/usr/lib/postgresql/15/bin/postgres";

/** Debian's packages of what this machine lacks; empty: everything is there. */
export function missingPrograms(): readonly string[] {
  const missing = needed.filter((name) => programPath(name) === null);
  return [
    ...missing.map((name) => (name === "etcd" ? "etcd-server" : name)),
    ...(existsSync(postgres) ? [] : ["postgresql-15"]),
  ];
}
