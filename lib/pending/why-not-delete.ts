import type { RawCtx } from "@/lib/context/context";
import type { MessageId } from "@/lib/messages/catalogue";
import { isLastAdministrator } from "@/lib/users/store";

const lastOne: MessageId = "pending.last_administrator";

/** What is against deleting an account, for the page before it is asked for; null: nothing. It is judged anew when it is asked for, and when it is due. */
export const whyNotDelete = async (ctx: RawCtx, userId: string): Promise<MessageId | null> =>
  (await isLastAdministrator(ctx, userId)) ? lastOne : null;
