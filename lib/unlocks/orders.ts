import type { Orders } from "@/lib/letters/carry-letter";
import { unlockOrderKind } from "@/lib/unlocks/ask-for-unlock";
import { sendUnlockLetter } from "@/lib/unlocks/send-unlock-letter";

/** What the outbox worker looks up for this room before there is a letter. */
export const unlockOrders: Orders = { [unlockOrderKind]: sendUnlockLetter };
