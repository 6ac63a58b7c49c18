import { describe, expect, test } from "vitest";
import { type NextStep, nextStep } from "@/lib/challenge/next-step";
import { type Demand, type DemandRules, demandOn, type Held, stillOwed } from "@/lib/policy/second-factor";
import type { BoundKind, FactorKind } from "@/lib/policy/traits";

const now = new Date("2030-01-07T09:00:00.000Z");
const days = { none: null, past: new Date("2029-12-01"), future: new Date("2030-12-01") } as const;
const holdings = {
  none: {},
  totp: { totp: 1 },
  sms: { sms: 1 },
  email: { email: 1 },
  mixed: { totp: 2, sms: 1, email: 1 },
} as const;
const lists = [["totp"], ["totp", "sms"], ["totp", "email"], ["totp", "sms", "email"]] as const;
const askable = [["totp"], ["totp", "recovery"], ["totp", "sms", "email", "recovery"]] as const;

/** One point of the table, in the words of the configuration, with what follows from it. */
type Row = {
  readonly rule: "off" | "admins" | "everyone";
  readonly isAdmin: boolean;
  readonly day: keyof typeof days;
  readonly own: "on" | "off" | "none";
  readonly holding: keyof typeof holdings;
  readonly count: 1 | 2;
  readonly emailCounts: boolean;
  readonly kinds: readonly BoundKind[];
  readonly answerable: readonly FactorKind[];
};
type Point = Row & { readonly demand: Demand; readonly held: Held; readonly step: NextStep };

function at(row: Row): Point {
  const { rule, isAdmin, day, own, holding, count, emailCounts, kinds, answerable } = row;
  const rules: DemandRules = { demand: rule, from: days[day], kinds, count, emailCounts, strength: "any" };
  const demand = demandOn({ isAdmin, policy: own === "none" ? null : { demand: own } }, rules, now);
  const held: Held = holdings[holding];
  return { ...row, demand, held, step: nextStep({ demand, held, answerable, isTrusted: false }) };
}

/** Every combination. */
function everyPoint(): Point[] {
  const points: Point[] = [];
  for (const rule of ["off", "admins", "everyone"] as const)
    for (const isAdmin of [true, false])
      for (const day of ["none", "past", "future"] as const)
        for (const own of ["on", "off", "none"] as const) points.push(...under({ rule, isAdmin, day, own }));
  return points;
}

function under(frame: Pick<Row, "rule" | "isAdmin" | "day" | "own">): Point[] {
  const points: Point[] = [];
  for (const holding of ["none", "totp", "sms", "email", "mixed"] as const)
    for (const count of [1, 2] as const)
      for (const emailCounts of [true, false])
        for (const kinds of lists)
          for (const answerable of askable)
            points.push(at({ ...frame, holding, count, emailCounts, kinds, answerable }));
  return points;
}

const points = everyPoint();
const some = (which: (point: Point) => boolean) => {
  const found = points.filter(which);
  expect(found.length).toBeGreaterThan(0);
  return found;
};
const holdsNothing = ({ holding }: Row) => holding === "none";

describe("in every combination", () => {
  test("whoever holds anything answers, and neither passes nor binds", () => {
    expect(points).toHaveLength(3 * 2 * 3 * 3 * 5 * 2 * 2 * 4 * 3);
    for (const { step } of some((point) => !holdsNothing(point))) expect(step).toEqual({ kind: "answer" });
  });

  test("only a trusted browser stands for the answer, and never for a factor that must be bound", () => {
    for (const { demand, held, answerable, step } of points) {
      const there = nextStep({ demand, held, answerable, isTrusted: true });
      expect(there).toEqual(step.kind === "answer" ? { kind: "done" } : step);
    }
  });

  test("whoever holds nothing is never asked to answer", () => {
    for (const { step } of some(holdsNothing)) expect(step.kind).not.toBe("answer");
  });

  test("what is asked of one person goes before what is asked of everybody", () => {
    for (const { step } of some((point) => holdsNothing(point) && point.own === "on")) expect(step.kind).toBe("enrol");
    for (const { step } of some((point) => holdsNothing(point) && point.own === "off")) expect(step.kind).toBe("done");
  });

  test("nobody else must bind anything before the day, or where nothing is asked", () => {
    const free = (point: Point) => point.day === "future" || point.rule === "off";
    for (const { step } of some((point) => holdsNothing(point) && point.own === "none" && free(point)))
      expect(step.kind).toBe("done");
  });

  test("from the day on administrators must under two of the rules, everybody else under one", () => {
    const due = some((point) => holdsNothing(point) && point.own === "none" && point.day !== "future");
    for (const { step } of due.filter(({ rule }) => rule === "everyone")) expect(step.kind).toBe("enrol");
    for (const { step, isAdmin } of due.filter(({ rule }) => rule === "admins"))
      expect(step.kind).toBe(isAdmin ? "enrol" : "done");
  });

  test("an app comes first, e-mail last and never for an administrator, and nothing that is not listed or cannot be asked for", () => {
    for (const { step, isAdmin, kinds, answerable } of points) {
      if (step.kind !== "enrol") continue;
      expect(step.kinds[0]).toBe("totp");
      expect(step.kinds.slice(0, -1)).not.toContain("email");
      if (isAdmin) expect(step.kinds).not.toContain("email");
      for (const kind of step.kinds) expect(kinds.includes(kind) && answerable.includes(kind)).toBe(true);
      expect(new Set(step.kinds).size).toBe(step.kinds.length);
    }
  });

  test("who must bind owes something, and who passes owes nothing", () => {
    for (const { step, demand, held, count } of points) {
      const owed = stillOwed(demand, held);
      if (step.kind === "enrol") expect(owed).toBe(count);
      if (step.kind === "done") expect(owed).toBe(0);
      expect(owed).toBeGreaterThanOrEqual(0);
      expect(owed).toBeLessThanOrEqual(count);
    }
  });

  test("an address by e-mail pays an administrator's debt never, another's only where it counts", () => {
    for (const { demand, isAdmin, emailCounts, count, holding } of some(({ holding }) => holding === "email")) {
      const pays = emailCounts && !isAdmin && demand.isDemanded;
      expect([holding, stillOwed(demand, { email: 1 })]).toEqual([
        "email",
        demand.isDemanded ? count - (pays ? 1 : 0) : 0,
      ]);
    }
  });
});

const base: Row = {
  rule: "everyone",
  isAdmin: false,
  day: "none",
  own: "none",
  holding: "none",
  count: 1,
  emailCounts: false,
  kinds: ["totp", "sms", "email"],
  answerable: ["totp", "sms", "email"],
};

describe("spelled out", () => {
  test.each<[string, Partial<Row>, NextStep, number]>([
    ["somebody new, everything on offer", {}, { kind: "enrol", kinds: ["totp", "sms", "email"] }, 1],
    ["an administrator who is new", { isAdmin: true }, { kind: "enrol", kinds: ["totp", "sms"] }, 1],
    ["somebody new where only administrators must", { rule: "admins" }, { kind: "done" }, 0],
    ["an administrator there", { rule: "admins", isAdmin: true }, { kind: "enrol", kinds: ["totp", "sms"] }, 1],
    ["somebody new before the day", { day: "future" }, { kind: "done" }, 0],
    ["somebody new after the day", { day: "past" }, { kind: "enrol", kinds: ["totp", "sms", "email"] }, 1],
    ["somebody spared", { own: "off" }, { kind: "done" }, 0],
    [
      "somebody of whom alone it is asked",
      { rule: "off", own: "on", kinds: ["totp"] },
      { kind: "enrol", kinds: ["totp"] },
      1,
    ],
    ["an app where nothing is asked", { rule: "off", holding: "totp" }, { kind: "answer" }, 0],
    ["an app of somebody spared", { own: "off", holding: "totp" }, { kind: "answer" }, 0],
    ["a number while text messages are off", { holding: "sms", answerable: ["totp"] }, { kind: "answer" }, 0],
    ["an address that does not count", { holding: "email" }, { kind: "answer" }, 1],
    ["an address that counts", { holding: "email", emailCounts: true }, { kind: "answer" }, 0],
    [
      "an administrator's address where it counts for others",
      { holding: "email", emailCounts: true, isAdmin: true },
      { kind: "answer" },
      1,
    ],
    ["one app where two are asked", { holding: "totp", count: 2 }, { kind: "answer" }, 1],
    ["nothing where two are asked", { count: 2 }, { kind: "enrol", kinds: ["totp", "sms", "email"] }, 2],
    [
      "nothing while text messages are off",
      { answerable: ["totp", "email"] },
      { kind: "enrol", kinds: ["totp", "email"] },
      1,
    ],
  ])("%s", (_, changes, step, owed) => {
    const point = at({ ...base, ...changes });
    expect([point.step, stillOwed(point.demand, point.held)]).toEqual([step, owed]);
  });
});
