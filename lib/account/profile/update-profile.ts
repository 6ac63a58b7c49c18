import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import type { Actor } from "@/lib/sessions/acting-session";
import { consumingTry } from "@/lib/throttle/consume-try";
import { readName, readPhoto } from "@/lib/users/called-as";
import { type CalledAs, findProfile, replaceCalledAs } from "@/lib/users/profile/store";
import type { Profile } from "@/lib/users/user";

/** As typed; what is not given stays, what is empty goes. */
export type TypedProfile = { readonly name?: string; readonly nickname?: string; readonly photo?: string };

type Updating = {
  readonly actor: Pick<Actor, "userId" | "sessionId" | "clientId">;
  readonly typed: TypedProfile;
};

/** Changes what apps may call somebody; nothing of it opens anything. Throws `account.name_too_long`, `account.bad_photo`, `throttle.too_many`. */
export async function updateProfile(ctx: Ctx, { actor, typed }: Updating): Promise<void> {
  const as = readTyped(typed);
  const { userId: subjectId, sessionId, clientId: client } = actor;
  const change = () =>
    inShortTransaction(ctx, async (tx) => {
      if (!(await replaceCalledAs(tx, subjectId, as))) return;
      await recordEvent(tx, { name: "account.profile_changed", subjectId, sessionId, meta: { client } });
    });
  await consumingTry(ctx, { rule: "profile.change", of: subjectId }, change);
}

const readTyped = ({ name, nickname, photo }: TypedProfile): CalledAs => ({
  ...(name !== undefined && { name: readName(name, "name") }),
  ...(nickname !== undefined && { nickname: readName(nickname, "nickname") }),
  ...(photo !== undefined && { photo: readPhoto(photo) }),
});

/** What apps may know of somebody. Writes nothing. Null: the account is gone. */
export const readProfile = (ctx: Ctx, { userId }: Pick<Actor, "userId">): Promise<Profile | null> =>
  findProfile(ctx, userId);
