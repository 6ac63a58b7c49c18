import type { Orders } from "@/lib/letters/carry-letter";
import { resetOrderKind } from "@/lib/resets/reset-order";
import { sendResetLetter } from "@/lib/resets/send-reset-letter";

/** What the outbox worker looks up for this room before there is a letter. */
export const resetOrders: Orders = { [resetOrderKind]: sendResetLetter };
