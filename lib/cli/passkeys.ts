import { type Command, inColumns, type Outcome } from "@/lib/cli/command";
import { config } from "@/lib/config/config";
import { askedNames, nameIn } from "@/lib/config/passkey-settings";
import { countNames, type Keeper, lockedOut, notMoved } from "@/lib/factors/passkey/names";
import { listKeepers } from "@/lib/factors/passkey/store";
import { showEmail } from "@/lib/kernel/email-address";

export const passkeys: Command = {
  name: "passkeys",
  takes: [],
  flags: {
    without: { type: "string", shown: "NAME", meaning: "also say who would be locked out without this name" },
  },
  summary: "Show which names people's passkeys belong to, and who has not moved.",
  details:
    "A passkey belongs to the name in RP_ID as it was when it was made. After a move it is asked for while RELATED_ORIGINS has the former name.\nWith --without it ends with code 1 while an administrator would have no way in without that name, and so would the start of the portal.\nChanges nothing.",
  looksOnly: true,
  run: async ({ ctx, typed }) => {
    const keepers = await listKeepers(ctx);
    const dropped = typed.flags.without;
    return typeof dropped === "string" ? judgedAsTyped(keepers, dropped) : shown(keepers);
  },
};

function shown(keepers: readonly Keeper[]): Outcome {
  const { relyingParty } = config();
  const [today = null] = askedNames(relyingParty);
  const behind = today === null ? keepers : notMoved(keepers, today);
  const names = [...countNames(keepers)].map(([name, count]) => ({
    name,
    passkeys: count,
    standing: standingOf(name),
  }));
  const people = behind.map(({ userId, email, isAdmin }) => ({ userId, email, isAdmin }));
  const text = [
    names.length === 0 ? "Nobody has a passkey." : table(names),
    ...(people.length === 0 ? [] : [`${howMany(people.length)} with none under today's name:`, ...people.map(line)]),
  ].join("\n");
  return { kind: "done", text, data: { today, names, notMoved: people } };
}

const howMany = (people: number) => (people === 1 ? "1 person" : `${people} people`);

const table = (names: readonly { name: string; passkeys: number; standing: string }[]) =>
  inColumns([
    ["NAME", "PASSKEYS", ""],
    ...names.map(({ name, passkeys: count, standing }) => [name, String(count), standing]),
  ]);

const line = ({ email, isAdmin }: Pick<Keeper, "email" | "isAdmin">) =>
  `  ${showEmail(email)}${isAdmin ? " (administrator)" : ""}`;

function standingOf(name: string): string {
  const [today, ...former] = askedNames(config().relyingParty);
  if (name === today) return "today's";
  return former.includes(name) ? "former, still asked for" : "asked for no longer";
}

/** A name that is read as the settings are; about one that nobody knows, "nobody would be locked out" would say nothing. */
function judgedAsTyped(keepers: readonly Keeper[], typed: string): Outcome {
  const dropped = nameIn(typed.trim());
  if (dropped === null)
    return {
      kind: "misused",
      text: "--without takes a name such as example.test, without https:// and without a port.",
    };
  const known = [...new Set([...askedNames(config().relyingParty), ...countNames(keepers).keys()])];
  if (known.includes(dropped)) return judged(keepers, dropped);
  const text = `No passkey belongs to ${dropped}, and none of that name is asked for. The names: ${known.join(", ") || "none"}.`;
  return { kind: "refused", id: "passkeys.name_unknown", text, data: { without: dropped, names: known } };
}

/** Whom it would cost, if passkeys of that name were asked for no longer. */
function judged(keepers: readonly Keeper[], dropped: string): Outcome {
  const left = askedNames(config().relyingParty).filter((name) => name !== dropped);
  const out = lockedOut(keepers, left);
  const people = out.map(({ userId, email, isAdmin }) => ({ userId, email, isAdmin }));
  const data = { without: dropped, lockedOut: people };
  if (out.length === 0) return { kind: "done", text: `Nobody would be locked out without ${dropped}.`, data };
  const text = [`Without ${dropped}, ${howMany(out.length)} would have no way in:`, ...out.map(line)].join("\n");
  const hasAdmin = out.some(({ isAdmin }) => isAdmin);
  return hasAdmin ? { kind: "refused", id: "passkeys.admin_locked_out", text, data } : { kind: "done", text, data };
}
