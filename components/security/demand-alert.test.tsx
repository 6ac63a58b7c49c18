import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DemandAlert } from "@/components/security/demand-alert";
import { comingDemand } from "@/lib/account/read-overview";
import { sayIn } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import type { Demand, Held } from "@/lib/policy/second-factor";

const now: Demand = { isDemanded: true, from: null, kinds: ["totp"], count: 1, emailCounts: false, strength: "any" };
const soon: Demand = { ...now, isDemanded: false, from: new Date("2026-12-01T00:00:00.000Z") };

const shown = (demand: Demand, held: Held, language: Language = "en") =>
  renderToStaticMarkup(
    <DemandAlert
      overview={{ demand, held, coming: comingDemand(demand, held) }}
      say={sayIn(language)}
      language={language}
    />,
  );

test.each([
  [now, {}, "Your organisation asks for a second factor. Set one up to go on."],
  [{ ...now, count: 2 }, { totp: 1 }, "asks for one more second factor. Set it up to go on."],
  [{ ...now, count: 2 }, {}, "asks for 2 more second factors. Set them up to go on."],
  [now, { email: 1 }, "asks for a second factor besides codes by email, which do not count here."],
  [soon, {}, "From 1 Dec 2026 your organisation asks for a second factor. Set one up now; it takes two minutes."],
] as const)("of %o, holding %o, a person reads: %s", (demand, held, words) =>
  expect(shown(demand, held)).toContain(words),
);

test("in Chinese too", () =>
  expect(shown(soon, {}, "zh")).toContain("自2026年12月1日起，您的组织要求使用第二重验证。"));

test.each([
  [now, { totp: 1 }],
  [soon, { totp: 1 }],
  [{ ...soon, from: null }, {}],
] as const)("of %o, holding %o, there is nothing to read", (demand, held) => expect(shown(demand, held)).toBe(""));
