import type { Overview } from "@/lib/account/read-overview";
import type { HeldCodes } from "@/lib/factors/recovery/held-codes";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import { countsAlone } from "@/lib/policy/kinds";
import type { Closed } from "@/lib/throttle/closed-for";

/** How an account stands, the worst first; each is one sentence. */
export type StandingName =
  | "bare" // only the password protects it
  | "all_closed" // every factor is closed here after too many wrong codes
  | "some_closed"
  | "closed_elsewhere" // some factor works only in browsers that are known
  | "mailbox_alone" // what comes besides the password reaches the place where a reset goes
  | "no_codes" // whoever loses the factor is out
  | "unsaved_codes" // so is, perhaps, whoever never saved them
  | "one_way"
  | "few_codes"
  | "good";

/** What to do next, and where. */
export type NextStep = {
  readonly does: "add_first" | "add_stronger" | "add_second" | "set_up_again" | "make_codes" | "make_codes_again";
  readonly href: string;
};

/** The sentence with what it tells, and never more than one thing to do; null: nothing is to be done, or nothing can be. */
export type Standing = {
  readonly is: StandingName;
  /** Factors that can be answered with here. */
  readonly open: number;
  /** Those that the sentence is about, where it is about closed ones. */
  readonly closed: number;
  readonly codes: number;
  /** Of these, how many a page has shown without anybody saying since that they are saved. */
  readonly unsaved: number;
  readonly step: NextStep | null;
};

/** May another way in be offered in the place of its step? In that of another way in, or where there is no step: never are there two things to do. */
export const leavesRoomForOffer = ({ step }: Standing): boolean =>
  step === null || (["add_first", "add_stronger", "add_second"] as readonly string[]).includes(step.does);

type Asked = Pick<Overview, "factors" | "onOffer"> & { readonly codes: Pick<HeldCodes, "left" | "unsaved"> };

const adding = "/security/factors/new";

/** The security checkup, its standing: how an account stands, of what its security page has read. Pure; the first rule that fits decides. */
export function standingOf({ factors: bound, codes: held, onOffer }: Asked): Standing {
  const factors = bound.filter(({ isAskable }) => isAskable);
  const of = (closed: Closed) => factors.filter((factor) => factor.closed === closed);
  const [shut, elsewhere] = [of("here"), of("elsewhere")];
  const open = factors.length - shut.length;
  const { left: codes, unsaved } = held;
  const stands = (is: StandingName, closed: number, step: NextStep | null): Standing => ({
    is,
    open,
    closed,
    codes,
    unsaved,
    step,
  });
  const add = (does: NextStep["does"]) => (onOffer.length === 0 ? null : { does, href: adding });
  const setUpAgain = ([first]: Asked["factors"]) =>
    first ? ({ does: "set_up_again", href: `/security/factors/${first.id}` } as const) : null;
  const making = "/security/recovery-codes/new";
  const makeCodes = { does: "make_codes", href: making } as const;
  const makeAgain = { does: "make_codes_again", href: making } as const;
  if (factors.length === 0) return stands("bare", 0, add("add_first"));
  if (shut.length > 0) return stands(open === 0 ? "all_closed" : "some_closed", shut.length, setUpAgain(shut));
  if (elsewhere.length > 0) return stands("closed_elsewhere", elsewhere.length, setUpAgain(elsewhere));
  if (!factors.some(({ kind }) => countsAlone(kind))) return stands("mailbox_alone", 0, add("add_stronger"));
  if (codes === 0) return stands("no_codes", 0, makeCodes);
  if (codes === unsaved) return stands("unsaved_codes", 0, makeAgain);
  if (factors.length === 1) return stands("one_way", 0, add("add_second"));
  if (codes <= recoveryNumbers.lowWater) return stands("few_codes", 0, makeCodes);
  if (codes - unsaved <= recoveryNumbers.lowWater) return stands("unsaved_codes", 0, makeAgain);
  return stands("good", 0, null);
}
