import { shortAddress } from "@/lib/kernel/short-address";
import type { Say } from "@/lib/messages/say";

/** An address as a list has it, with its place where one is known. */
export const sayAddress = (say: Say, ip: string, place: string | null): string =>
  place === null ? shortAddress(ip) : say("places.address_name", { address: shortAddress(ip), place });
