import * as z from "zod";

/** Between the doors, as a cookie or an mfaToken names it. */
const pass = z.object({ challengeId: z.string(), tokenId: z.string() });

const somebody = z.object({ email: z.string(), userId: z.string(), session: z.string(), device: z.string() });
const withApp = somebody.extend({ secret: z.string(), codes: z.array(z.string()) });
const withAddress = somebody.extend({ to: z.string(), spentCode: z.string() });

/** What people, browsers and programs hold at the moment at which the older version stops (`scripts/versions/fill-before.mjs`). */
export const heldShape = z.object({
  now: z.number(),
  password: z.string(),
  app: z.string(),
  people: z.object({
    operator: withApp,
    plain: somebody.extend({ link: z.string() }),
    app: withApp.extend({ spentCode: z.string(), spentSaved: z.string() }),
    number: withAddress,
    mailbox: withAddress,
    warned: withApp.extend({ alarm: z.string() }),
    invited: z.object({ email: z.string(), link: z.string() }),
    pending: somebody.extend({ secret: z.string() }),
    shopper: withApp.extend({ userToken: z.string(), pass }),
    between: withAddress.extend({ pass, code: z.string() }),
  }),
});

export type Held = z.infer<typeof heldShape>;

/** A database that an older version filled: what it held, table by table, and who holds what. `upTo`: the newest migration of that version. */
export const olderShape = z.object({
  commit: z.string(),
  upTo: z.string(),
  held: heldShape,
  rows: z.record(z.string(), z.array(z.unknown())),
});

export type Older = z.infer<typeof olderShape>;
