import type { FactorView } from "@/lib/factors/view";

/** A factor as its owner sees it, an app unless said otherwise, that nothing is wrong with. */
export const aFactorView = <const T extends Partial<FactorView>>(changes: T) =>
  ({
    id: "f1",
    kind: "totp",
    label: "Phone",
    place: null,
    marks: [],
    isAskable: true,
    isAnswerable: true,
    isOfToday: true,
    addedAt: new Date("2030-01-07T09:00:00.000Z"),
    lastUsedAt: null,
    closed: "nowhere",
    ...changes,
  }) as const satisfies FactorView;
