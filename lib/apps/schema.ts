import * as z from "zod";
import { appFields } from "@/lib/config/app-shape";

/** An app as an operator registers it. Without an id one is made for it. */
export const newAppInput = z.strictObject({ ...appFields, id: appFields.id.nullable() });

export type NewApp = Readonly<z.output<typeof newAppInput>>;

/** What becomes of each field; one that is not there stays as it is. An id is for ever. */
export const appChangeInput = z.strictObject(appFields).omit({ id: true }).partial();

export type AppChange = Readonly<z.output<typeof appChangeInput>>;
