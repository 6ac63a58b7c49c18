import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { ensure } from "@/lib/kernel/assert";

/** What a browser loads of a page before anybody touches it: the document, and its scripts by their path. */
export type Load = { readonly document: string; readonly scripts: ReadonlyMap<string, string> };

/** Opens a page and waits until nothing more comes. */
export async function loadOf(page: Page, url: string): Promise<Load> {
  const answers: Response[] = [];
  const note = (answer: Response) => void answers.push(answer);
  page.on("response", note);
  const opened = await page.goto(url, { waitUntil: "networkidle" });
  page.off("response", note);
  ensure(opened, "a page was opened");
  const scripts = answers.filter((answer) => answer.request().resourceType() === "script");
  const texts = scripts.map(async (answer) => [new URL(answer.url()).pathname, await answer.text()] as const);
  return { document: await opened.text(), scripts: new Map(await Promise.all(texts)) };
}

export const zipped = (text: string): number => gzipSync(text).byteLength;

/** How many bytes more a browser is sent for one page than for the other of the same build, each file by itself compressed. */
export function moreThan(one: Load, other: Load): number {
  const added = [...one.scripts].filter(([path]) => !other.scripts.has(path));
  const scripts = added.reduce((sum, [, text]) => sum + zipped(text), 0);
  return scripts + zipped(one.document) - zipped(other.document);
}
