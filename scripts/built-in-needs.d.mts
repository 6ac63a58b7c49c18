/** See `built-in-needs.mjs`: plain JavaScript, because a machine is looked at before any package is there. */
export const homeForRoot: string;
export function platformName(): string;
export function noPrograms(): string;
export function accountForRoot(
  wanted?: string,
): { readonly name: string; readonly uid: number; readonly gid: number } | null;
export const noAccount: string;
