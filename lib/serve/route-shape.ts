import { readFileSync } from "node:fs";
import * as z from "zod";

const manifest = z.record(z.string(), z.string());

/**
 * Reads which routes the build at `dir` has and returns the way to name a path by its route: `/welcome/[token]` for a
 * path with somebody's token in it, null for a path that is none of ours. That much of a path may stand in the log.
 */
export const routeShapes = (dir: string): ((path: string) => string | null) => shapesOf(readRoutes(dir));

/** The routes of the build at `dir`, as their folders are called. */
export function readRoutes(dir: string): readonly string[] {
  return Object.values(manifest.parse(JSON.parse(readFileSync(`${dir}/app-path-routes-manifest.json`, "utf8"))));
}

/** The same for a list of routes. A written-out segment comes before a bracket, as in Next. */
export function shapesOf(routes: readonly string[]): (path: string) => string | null {
  const shapes = [...routes].sort().reverse(); // "[" sorts below all small letters
  const parts = shapes.map((shape) => shape.split("/"));
  const enough = Math.max(0, ...parts.map(({ length }) => length)) + 1; // whoever sends a thousand slashes is not taken apart whole
  return (path) => {
    const given = path.split("/", enough);
    return shapes[parts.findIndex((shape) => fits(shape, given))] ?? null;
  };
}

const fits = (wanted: readonly string[], given: readonly string[]) =>
  wanted.length === given.length && wanted.every((part, at) => part === given[at] || isOpen(part, given[at]));

const isOpen = (part: string, given: string | undefined) => part.startsWith("[") && given !== "" && given !== undefined;
