import * as z from "zod";
import { reading } from "@/lib/config/reading";
import { isLoopbackHost, type Reading } from "@/lib/config/values";
import { writtenAddress } from "@/lib/kernel/address";
import { isWithin, meansEverybody, rangesOf, readRange } from "@/lib/kernel/address-range";
import { readOrigin } from "@/lib/kernel/authority";
import { readUrl } from "@/lib/kernel/url";
import { isReservedId } from "@/lib/policy/clients";

/** What an app may be called by: it stands in headers, tokens and rows as it is. */
export const appIdShape = /^[A-Za-z0-9_-]{3,64}$/;

/** How many origins, and how many servers, one app may have: every preflight walks through them. */
const mostPlaces = 20;

const right = <T>(value: T): Reading<T> => ({ ok: true, value });
const wrong = (mistake: string): Reading<never> => ({ ok: false, mistake });

/** Each field of an app with its rule, the same in the file of the configuration and on the command line. No sentence repeats the value. */
export const appFields = {
  id: z
    .string("must be text.")
    .regex(appIdShape, "must be 3 to 64 letters, digits, dashes or underscores.")
    .refine((id) => !isReservedId(id), "must not be portal: that is the portal itself."),
  name: z
    .string("must be text.")
    .trim()
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u, "must be 1 to 64 characters long, without control characters."),
  origins: listOf(readAppOrigin),
  servers: listOf(readServer),
  redirect: z.string("must be text or null.").transform(reading(readRedirect)).nullable(),
  unmasked: z.boolean("must be true or false."),
  demands: z.boolean("must be true or false."),
  isDefault: z.boolean("must be true or false."),
};

const fieldNames = Object.keys(appFields).join(", ");

/** One app as the file of the configuration holds it. What is left out takes the narrower choice. */
export const appEntry = z.strictObject(
  {
    ...appFields,
    origins: appFields.origins.default([]),
    servers: appFields.servers.default([]),
    redirect: appFields.redirect.default(null),
    unmasked: appFields.unmasked.default(false),
    demands: appFields.demands.default(false),
    isDefault: appFields.isDefault.default(false),
  },
  {
    error: ({ code }) =>
      code === "unrecognized_keys" ? `has a field of another name than ${fieldNames}.` : "must be a JSON object.",
  },
);

/** An app of the file, parsed. */
export type ConfiguredApp = Readonly<z.output<typeof appEntry>>;

function listOf(read: (text: string) => Reading<string>) {
  return z
    .array(z.string("must be text.").transform(reading(read)), "must be a list.")
    .refine((places) => places.length <= mostPlaces, `must be at most ${mostPlaces}.`)
    .transform((places) => [...new Set(places)]);
}

/** An origin, kept in its one form. Anything wider than one origin (a star, a path) would be more than the operator thinks of. */
function readAppOrigin(text: string): Reading<string> {
  const origin = text.includes("*") ? null : readOrigin(text);
  if (origin === null) return wrong("must be scheme, host and port alone, such as https://shop.example.test.");
  if (origin.startsWith("http:") && !isLoopbackHost(new URL(origin).hostname)) {
    return wrong("must be https:// unless it is this machine (localhost).");
  }
  return right(origin);
}

/** An address or a range of an app's own servers. Who calls from there may name any visitor, so nobody can list half of the internet. */
function readServer(text: string): Reading<string> {
  const range = readRange(text);
  if (range === null) return wrong("must be an IP address or a range such as 192.0.2.0/24.");
  if (isWithin(writtenAddress(range.base), veiled) && range.written !== "::1") {
    return wrong("must be a public or private address; write an IPv4 one with dots only.");
  }
  return meansEverybody([range]) ? wrong("must not be a range wider than /8.") : right(range.written);
}

/** These hold IPv4 addresses in other clothes: a range there would be wider than it looks. */
const veiled = rangesOf(["::/8"]);

/** Where people are led back: over https, or on this very machine. */
function readRedirect(text: string): Reading<string> {
  const url = text.length <= 2000 && !/[\s\p{C}]/u.test(text) ? readUrl(text) : null;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    return wrong("must be an address that begins with https://, without spaces.");
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return wrong("must be https:// unless it is this machine (localhost).");
  }
  if (url.username !== "" || url.password !== "") return wrong("must not contain a user name or a password.");
  return text.includes("#") ? wrong("must not contain a #.") : right(url.href);
}
