import { type Address, type Cookie, cookieOf } from "@/lib/cookies/cookies";

/** The pages where somebody comes in without anything but what they type or hold: nothing of theirs is in the browser yet. */
const firstDoors = /^\/(?:login|setup|welcome\/[^/]+)$/;

/** Is this the path of a first door? A browser gets the probe there, and the forms behind it look for it. */
export const isFirstDoor = (path: string): boolean => firstDoors.test(path);

/** The `Set-Cookie` line of the probe: it says nothing but that it came back. */
export const probeLine = (address?: Address): string => lineOf(cookieOf("probe", address), "1");

function lineOf({ name, options }: Cookie, value: string): string {
  const { path, secure, sameSite } = options;
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
}
