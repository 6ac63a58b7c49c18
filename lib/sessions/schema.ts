import * as z from "zod";
import { appIdShape } from "@/lib/config/app-shape";

const id = z.string().regex(/^[\w-]{22}$/);

/** Can this be the name of a session or a device? Anything else in an address never reaches the database. */
export const isOwnId = (word: string): boolean => id.safeParse(word).success;

export const endInput = z.strictObject({ sessionId: id });

export const withdrawInput = z.strictObject({ app: z.string().regex(appIdShape) });

/** A place in the list of apps, as its link carries it: the app that was shown last, and when it was last used. */
export const appPlace = z
  .object({ last: z.string().regex(appIdShape), seen: z.iso.datetime() })
  .transform(({ last, seen }) => ({ clientId: last, lastSeenAt: new Date(seen) }));

export const forgetInput = z.strictObject({ deviceId: id });

export const renameDeviceInput = z.strictObject({ deviceId: id, label: z.string().max(1024) });

export const emptyInput = z.strictObject({});
