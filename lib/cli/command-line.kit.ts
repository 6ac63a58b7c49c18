import { PassThrough } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { commands } from "@/lib/cli/commands";
import type { LostOutput } from "@/lib/cli/output";
import { runPortal } from "@/lib/cli/run-portal";
import type { Ctx } from "@/lib/context/context";
import { systemClock } from "@/lib/kernel/clock";
import { seconds } from "@/lib/kernel/duration";
import { testContext, testHouse } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

type House = Awaited<ReturnType<typeof testHouse>>;
type Ran = { readonly code: number; readonly out: string; readonly err: string; readonly asked: readonly string[] };
type Answered = { readonly code: number; readonly document: Record<string, unknown> };

/** One house for a test file about commands, empty before every test, and the ways to knock at it. */
export function commandLine() {
  const place: { open: House | null } = { open: null };
  const house = (): House => {
    if (place.open === null) throw new Error("The house opens in beforeAll.");
    return place.open;
  };
  beforeAll(async () => {
    setSettings();
    place.open = await testHouse();
  });
  beforeEach(async () => {
    setSettings();
    await house().empty();
  });
  afterAll(() => house().close());
  return {
    house,
    /** A context of this very moment: commands live in real time. */
    now: (): Ctx => testContext({ db: house().db, clock: systemClock }),
    portal: (line: string, answer?: string | null) => portal(house(), line, answer),
    json: (line: string) => json(house(), line),
    /** The same where its answer does not arrive. */
    unseen: (line: string, lost: LostOutput["lost"]) => portal(house(), line, undefined, lost),
    events: () => events(house()),
  };
}

/** Runs a command as an operator types it. `answer`: what they type when asked; without it nobody sits there. */
async function portal(
  { db, url }: House,
  line: string,
  answer?: string | null,
  lost?: LostOutput["lost"],
): Promise<Ran> {
  const [out, err, asked]: [string[], string[], string[]] = [[], [], []];
  const terminal = {
    out: (text: string) => void out.push(`${text}\n`),
    err: (text: string) => void err.push(`${text}\n`),
    ask: async (question: string) => {
      asked.push(question);
      return answer ?? null;
    },
    isAttended: answer !== undefined,
    redraw: null,
    bytes: () => new PassThrough().resume(),
    lost: async () => (lost === undefined ? null : Object.assign(new Error("Lost"), { lost })),
  };
  const code = await runPortal(line.split(" ").filter(Boolean), {
    commands,
    terminal,
    withDatabase: (_, work) => work(db, url),
    withPlace: (_, work) => work(url),
    withHouse: nobodyLooks,
    patience: { atMost: seconds(0), askAgain: seconds(0) },
  });
  return { code, out: out.join(""), err: err.join(""), asked };
}

const nobodyLooks = () => Promise.reject(new Error("This command line stands in no house as it is found."));

/** The same with `--json`: exactly one line on stdout, nothing on stderr. */
async function json(house: House, line: string): Promise<Answered> {
  const { code, out, err } = await portal(house, `${line} --json`);
  expect(err).toBe("");
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  return { code, document: JSON.parse(out) };
}

/** What commands have recorded, in order. */
async function events({ db }: House) {
  const rows = await db.securityEvent.findMany({ where: { agent: "npm run portal" }, orderBy: { id: "asc" } });
  return rows.map(({ name, actorId, meta }) => ({ name, actorId, meta }));
}

/** The refusal for an e-mail that nobody has. */
export const unknownPerson = {
  ok: false,
  error: { id: "person.unknown", message: expect.stringContaining("people list") },
};

/** The token in a link to set a password. */
export const tokenOf = (link: unknown): string => String(link).split("/welcome/")[1] ?? "";
