import { expect, type Page } from "@playwright/test";

/** What carries words of ours; scripts and styles are the same for everybody. */
const spoken: readonly string[] = ["Document", "Fetch", "XHR"];

/** Listens to every answer that this page gets from now on. Out: their heads and bodies so far, as they came. */
export async function hearAnswers(page: Page): Promise<() => Promise<readonly string[]>> {
  const line = await page.context().newCDPSession(page);
  const asked = new Set<string>();
  const heard: Promise<string>[] = [];
  line.on("Network.responseReceivedExtraInfo", ({ statusCode, headers }) => {
    heard.push(Promise.resolve(`${statusCode} ${JSON.stringify(headers)}`));
  });
  line.on("Network.responseReceived", ({ requestId, type }) => {
    if (spoken.includes(type)) asked.add(requestId);
  });
  line.on("Network.loadingFinished", ({ requestId }) => {
    const body = async () => (await line.send("Network.getResponseBody", { requestId })).body;
    if (asked.has(requestId)) heard.push(body().catch(() => "")); // a page that was left meanwhile is kept no longer
  });
  await line.send("Network.enable");
  return () => Promise.all(heard);
}

/** None of these codes stands in any of the answers. `known`: words that stand there, or nothing was heard. */
export function expectUnsaid(answers: readonly string[], codes: readonly string[], known: string): void {
  expect(answers.join("\n")).toContain(known);
  expect(codes.length).toBeGreaterThan(0);
  const numbers = new Set(answers.flatMap((answer) => answer.split(/[^0-9]+/)));
  expect(codes.filter((code) => numbers.has(code))).toEqual([]);
}
