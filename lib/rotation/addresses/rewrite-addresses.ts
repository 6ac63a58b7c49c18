import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { openSecret, secretSealedFor } from "@/lib/crypto/factor-secret";
import { keyring } from "@/lib/crypto/keyring";
import { seal, sealedUnder } from "@/lib/crypto/seal";
import { handleOfMailbox } from "@/lib/factors/email/handle";
import { listDestinations, respellDestination, type StoredDestination } from "@/lib/factors/email/store";
import { readEmailAddress } from "@/lib/kernel/email-address";
import { maskSpelling } from "@/lib/kernel/mask";
import { findStepEnd, finishStep } from "@/lib/rotation/addresses/store";
import { batch, inBatches } from "@/lib/rotation/in-batches";
import { listEmails, respellEmail, type StoredEmail } from "@/lib/users/spelling/store";

/** What the step has done: rows rewritten, rows whose new form another row has, and factors that do not open. */
type Walk = { users: number; factors: number; taken: number; unopened: number };

type Rewriting = { readonly say: (line: string) => void };

const step = "email addresses have one form";

/**
 * Brings the e-mail addresses that were stored before they had one form into it: accounts, and the factors that codes are sent to, with their
 * handles. Once: a step that is done is not begun again, and one that was cut off goes on, for each row is exchanged by one conditional write.
 * Where another row has the new form both stay, and `say` names them; what no letter can reach stays too. Runs in the turn of the migrations, a
 * batch at a time. While a factor does not open (its key is missing) the step is not done, and comes again with the next start.
 */
export async function rewriteAddresses(ctx: RawCtx, { say }: Rewriting): Promise<void> {
  if ((await findStepEnd(ctx, step)) !== null) return;
  const walk: Walk = { users: 0, factors: 0, taken: 0, unopened: 0 };
  await inBatches(
    async (after) => {
      const rows = await listEmails(ctx, after, batch);
      if (after === "" && rows.length === batch) say("Looking through the stored e-mail addresses, this once…");
      return rows;
    },
    (row) => rewriteEmail(ctx, row, walk, say),
  );
  await inBatches(
    (after) => listDestinations(ctx, after, batch),
    (row) => rewriteDestination(ctx, row, walk, say),
  );
  const { unopened, ...meta } = walk;
  if (meta.users + meta.factors + meta.taken > 0)
    await recordEvent(ctx, { name: "addresses.rewritten", subjectId: null, meta });
  if (unopened === 0) await finishStep(ctx, step);
}

async function rewriteEmail(ctx: RawCtx, row: StoredEmail, walk: Walk, say: Rewriting["say"]): Promise<void> {
  const to = readEmailAddress(row.email);
  if (to === null || to === row.email) return;
  const { isReplaced, holder } = await respellEmail(ctx, { id: row.id, from: row.email, to });
  if (isReplaced) walk.users += 1;
  if (holder === null) return;
  walk.taken += 1;
  say(
    `The accounts ${holder} (${maskSpelling(to)}) and ${row.id} (${maskSpelling(row.email)}) have one e-mail address in two spellings. Both stay; at the login it leads to the first. On the command line each is found by its own spelling: give one of them another address with people email.`,
  );
}

/** The key stays the one that sealed it: which key is in front is another matter. */
async function rewriteDestination(
  ctx: RawCtx,
  row: StoredDestination,
  walk: Walk,
  say: Rewriting["say"],
): Promise<void> {
  const from = openSecret(row);
  if (from === null) walk.unopened += 1;
  const to = from === null ? null : readEmailAddress(from);
  if (from === null || to === null || to === from) return;
  const ring = { ...keyring(), primary: sealedUnder(row.secret) ?? keyring().primary };
  const secret = seal(to, secretSealedFor(row.userId, row.id), ring);
  const { isReplaced, holder } = await respellDestination(ctx, { row, secret, handle: handleOfMailbox(to) });
  if (isReplaced) walk.factors += 1;
  if (holder === null) return;
  walk.taken += 1;
  say(
    `The factors ${holder} (${maskSpelling(to)}) and ${row.id} (${maskSpelling(from)}) of the account ${row.userId} have one e-mail address in two spellings. Both stay.`,
  );
}
