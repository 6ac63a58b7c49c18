import { expect, test } from "vitest";
import { leavesRoomForOffer, standingOf } from "@/lib/account/standing";
import { aFactorView } from "@/lib/factors/view.kit";
import type { Closed } from "@/lib/throttle/closed-for";

const bound = (kind: string, closed: Closed = "nowhere", id = "f1") => aFactorView({ id, kind, closed });

const [app, number, mailbox] = [bound("totp"), bound("sms", "nowhere", "f2"), bound("email", "nowhere", "f3")];
const shut = bound("totp", "here", "f4");
const half = bound("totp", "elsewhere", "f5");
const adding = "/security/factors/new";

/** What somebody holds, how many codes they have left, how that stands, and the one thing to do; nothing: null. */
const table = [
  ["nothing", [], 0, "bare", { does: "add_first", href: adding }],
  ["an app that is closed", [shut], 8, "all_closed", { does: "set_up_again", href: "/security/factors/f4" }],
  [
    "a closed app beside a good one",
    [app, shut],
    8,
    "some_closed",
    { does: "set_up_again", href: "/security/factors/f4" },
  ],
  [
    "an app that strangers closed",
    [number, half],
    8,
    "closed_elsewhere",
    { does: "set_up_again", href: "/security/factors/f5" },
  ],
  ["a mailbox alone", [mailbox], 8, "mailbox_alone", { does: "add_stronger", href: adding }],
  ["a mailbox alone and no code", [mailbox], 0, "mailbox_alone", { does: "add_stronger", href: adding }],
  ["an app and no code", [app], 0, "no_codes", { does: "make_codes", href: "/security/recovery-codes/new" }],
  ["two ways and no code", [app, number], 0, "no_codes", { does: "make_codes", href: "/security/recovery-codes/new" }],
  ["an app and codes", [app], 8, "one_way", { does: "add_second", href: adding }],
  ["an app and the last codes", [app], 1, "one_way", { does: "add_second", href: adding }],
  [
    "two ways and the last codes",
    [app, number],
    3,
    "few_codes",
    { does: "make_codes", href: "/security/recovery-codes/new" },
  ],
  ["two ways and codes", [app, number], 4, "good", null],
  ["an app, a mailbox and codes", [app, mailbox], 8, "good", null],
] as const;

const having = (left: number, unsaved = 0) => ({ left, unsaved });

test.each(table)("who holds %s stands so, and is told one thing to do", (_, factors, left, is, step) => {
  expect(standingOf({ factors, codes: having(left), onOffer: ["totp"] })).toMatchObject({ is, step, codes: left });
});

test("an offer takes the place of another way in, and of nothing else that is to be done: there is never more than one thing", () => {
  const offered = table.filter(([, factors, left]) =>
    leavesRoomForOffer(standingOf({ factors, codes: having(left), onOffer: ["totp"] })),
  );
  expect(new Set(offered.map(([, , , is]) => is))).toEqual(new Set(["bare", "mailbox_alone", "one_way", "good"]));
});

test("codes of which nobody has said that they are saved may be nowhere: they come before a second way in where there are no others", () => {
  const makeAgain = { does: "make_codes_again", href: "/security/recovery-codes/new" };
  const stands = (factors: readonly (typeof app)[], left: number, unsaved: number) =>
    standingOf({ factors, codes: having(left, unsaved), onOffer: ["totp"] });
  expect(stands([app], 10, 10)).toMatchObject({ is: "unsaved_codes", unsaved: 10, step: makeAgain });
  expect(stands([app, number], 10, 8)).toMatchObject({ is: "unsaved_codes", unsaved: 8, step: makeAgain });
  expect(stands([app], 10, 1).is).toBe("one_way");
  expect(stands([app, number], 10, 1).is).toBe("good");
  expect(stands([app, number], 3, 1).is).toBe("few_codes");
  expect(leavesRoomForOffer(stands([app], 10, 10))).toBe(false);
});

test("a passkey of a name that was given up is no way in", () => {
  const gone = { ...bound("passkey", "nowhere", "f6"), isAskable: false };
  expect(standingOf({ factors: [gone], codes: having(0), onOffer: ["totp"] }).is).toBe("bare");
  expect(standingOf({ factors: [app, gone], codes: having(8), onOffer: ["totp"] })).toMatchObject({
    is: "one_way",
    open: 1,
  });
});

test("who can add nothing is not told to", () => {
  for (const factors of [[], [mailbox], [app]])
    expect(standingOf({ factors, codes: having(8), onOffer: [] }).step).toBeNull();
});
