import { startLine } from "@/lib/testing/spoken-line";

/** A moment of a restore: the words to the database before which everything stops. */
export type Moment = { readonly name: string; readonly words: string; readonly isOver?: boolean };

/** A statement of its own, with the sign that ends it: the first statement of all names READ COMMITTED. */
const lastWord = "COMMIT\u0000";

/** From the first statement to the last, over what is done to the rows once they are back; `isOver`: the last word has gone through, and all of it stays. */
export const moments: readonly Moment[] = [
  { name: "before the unused house goes", words: "DROP TABLE" },
  { name: "before the first table is made", words: 'CREATE TABLE "users"' },
  { name: "before the rows of accounts", words: 'COPY "users"' },
  { name: "before the rows of factors", words: 'COPY "factors"' },
  { name: "before the rows of the record", words: 'COPY "security_events"' },
  { name: "before every stamp rises", words: "UPDATE users SET credential_version" },
  { name: "before the sessions end", words: "DELETE FROM sessions" },
  { name: "before recovery codes are void", words: "DELETE FROM recovery_codes" },
  { name: "before the restore is noted", words: "INSERT INTO restores" },
  { name: "before the last word", words: lastWord },
  { name: "after the last word", words: lastWord, isOver: true },
];

/** A restore that runs: `kill` ends it at once, without a word to it; `ended` when it is gone, with what it said. */
export type Restoring = { readonly kill: () => void; readonly ended: Promise<string> };

/** Starts a restore into the database at an address, and kills it at `moment`. Throws where it ended before. */
export async function killAt(
  url: string,
  { words, isOver = false }: Moment,
  start: (url: string) => Restoring,
): Promise<void> {
  let reached = () => undefined;
  const there = new Promise<"there">((resolve) => {
    reached = () => void resolve("there");
  });
  let isInside = false;
  const line = await startLine(url, (said) => {
    isInside ||= said.includes("BEGIN ISOLATION LEVEL READ COMMITTED");
    if (!isInside || !said.includes(words)) return said;
    reached();
    return isOver ? said : null;
  });
  const restoring = start(line.url);
  const came = await Promise.race([there, restoring.ended]);
  restoring.kill();
  await restoring.ended;
  await line.stop();
  if (came !== "there") throw new Error(`The restore ended before it was to be killed:\n${came}`);
}
