import * as z from "zod";
import { listOf } from "@/lib/config/delivery-values";
import { onOrOff, reading } from "@/lib/config/reading";
import type { Reading } from "@/lib/config/values";
import { readAuthority } from "@/lib/kernel/authority";
import { readUrl } from "@/lib/kernel/url";

/**
 * The name that passkeys belong to (WebAuthn level 3, "relying party identifier"), and names of before a move: people log in with passkeys of those
 * too, at `APP_URL` alone.
 */
export type RelyingParty = { readonly id: string; readonly formerIds: readonly string[] };

/** The names whose passkeys can be asked for: today's first. */
export const askedNames = (party: RelyingParty | null): readonly string[] =>
  party === null ? [] : [party.id, ...party.formerIds];

/** What WebAuthn lets every browser look at (level 3, 5.11.1). */
const mostNames = 5;

const notAName = "must be a name such as example.test, without https:// and without a port.";

/** The keys of what passkeys belong to. */
export const passkeySettings = {
  RP_ID: z.string().transform(reading(readName)).optional().meta({
    shown: "the name in APP_URL",
    sample: "login.example.test",
    description:
      "The name that passkeys belong to: the one in APP_URL, or one that it ends with, such as example.test for login.example.test. Passkeys of another name are good no longer: see RELATED_ORIGINS before you change it.",
  }),
  RELATED_ORIGINS: z.string().transform(reading(readNames)).default([]).meta({
    shown: "none",
    sample: "login.example.com,example.net",
    description:
      "After a move, the names that passkeys belonged to before, at most five, with commas between them. They must still lead to the portal, which answers /.well-known/webauthn there and nothing else; people log in with those passkeys at APP_URL.",
  }),
  PASSKEY_UNASKED: onOrOff("false").meta({
    shown: "false",
    description:
      "Whether a browser that keeps somebody's password may make a passkey of theirs without a dialogue, after a login with that password and a second step. Only in a browser that has been known for a week and is nobody else's; its owner is told at every address. After a restore not before the operator vouches for it: passkeys vouch.",
  }),
};

type Values = { readonly APP_URL?: string; readonly RP_ID?: string; readonly RELATED_ORIGINS?: string };

/** What is wrong with these keys beside `APP_URL`, on the text, so that a mistake in one key does not hide them. */
export function passkeyMistakes(values: Values): string[] {
  const host = readUrl(values.APP_URL ?? "")?.hostname ?? "localhost";
  const own = values.RP_ID === undefined ? nameIn(host) : soundOf(readName(values.RP_ID));
  const former = values.RELATED_ORIGINS === undefined ? [] : (soundOf(readNames(values.RELATED_ORIGINS)) ?? []);
  if (nameIn(host) === null) {
    const set = (["RP_ID", "RELATED_ORIGINS"] as const).filter((key) => values[key] !== undefined);
    return set.map((key) => `${key} needs an APP_URL with a name: passkeys belong to a name, and an address has none.`);
  }
  const mistakes: string[] = [];
  if (own !== null && !isSuffix(own, nameIn(host) ?? "")) {
    mistakes.push("RP_ID must be the name in APP_URL or one that it ends with: browsers refuse any other.");
  }
  if (own !== null && former.includes(own)) {
    mistakes.push("RELATED_ORIGINS names what passkeys belong to already: only former names are meant.");
  }
  return mistakes;
}

/** Out of settings that had no mistake. Null: `APP_URL` is an address without a name, where no browser makes a passkey. */
export function relyingPartyOf(
  appUrl: string,
  rpId: string | undefined,
  former: readonly string[],
): RelyingParty | null {
  const name = nameIn(new URL(appUrl).hostname);
  return name === null ? null : Object.freeze({ id: rpId ?? name, formerIds: Object.freeze([...former]) });
}

/** Does the name end with this one, label by label? One label alone (`com`) is nobody's; whose a longer one is, browsers know. */
const isSuffix = (own: string, name: string) => own === name || (own.includes(".") && name.endsWith(`.${own}`));

function readName(text: string): Reading<string> {
  const name = nameIn(text);
  return name === null ? { ok: false, mistake: notAName } : { ok: true, value: name };
}

function readNames(text: string): Reading<readonly string[]> {
  const names = listOf(text).map(nameIn);
  const known = names.filter((name) => name !== null);
  if (known.length < names.length) return { ok: false, mistake: notAName };
  if (known.length > mostNames)
    return { ok: false, mistake: `must be at most ${mostNames} names: browsers look at no more.` };
  if (new Set(known).size < known.length) return { ok: false, mistake: "names one name twice." };
  return { ok: true, value: known };
}

/** The one form of a name that passkeys can belong to (IDNA, small letters, no dot at the end); null for an address, a port, or what is no host. */
export function nameIn(text: string): string | null {
  const name = readAuthority(text, "https");
  if (name === null || text.includes(":")) return null;
  const labels = name.split(".");
  const isNumber = /^\d+$/.test(labels.at(-1) ?? "");
  return !isNumber && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label)) ? name : null;
}

const soundOf = <T>(read: Reading<T>): T | null => (read.ok ? read.value : null);
