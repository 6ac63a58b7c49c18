import type { Words } from "@/lib/messages/words-shape";

/** The words of where an address roughly is. */
export const placeMessages = {
  "places.town_name": { en: "{town}, {land}", zh: "{land} {town}" },
  "places.address_name": { en: "{address} ({place})", zh: "{address}（{place}）" },
  "places.label": { en: "Place, roughly", zh: "大致位置" },
  "places.guessed": {
    en: "{place}. Your administrators’ list of addresses says so; it can be wrong by a town or more.",
    zh: "{place}。该位置来自管理员的地址库，可能与实际相差一个城市甚至更远。",
  },
} as const satisfies Words;
