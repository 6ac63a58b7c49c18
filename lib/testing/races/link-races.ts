import { revertTokenTo } from "@/lib/account/contacts/contacts.kit";
import { changeLoginEmail } from "@/lib/account/contacts/move-login-email";
import { revertEmail } from "@/lib/account/contacts/revert-email";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { register } from "@/lib/registration/register";
import { type Course, type Race, word } from "@/lib/testing/races/race";
import { makePerson } from "@/lib/testing/test-context";
import { openUnlockByCode, openUnlockByLink } from "@/lib/unlocks/open-unlock";
import { insertUnlock } from "@/lib/unlocks/store";
import { newUnlockToken, unlockCodeHash, unlockHash } from "@/lib/unlocks/token";

const told = async (ctx: Ctx, course: Course, name: string) =>
  [
    `events ${name}`,
    await ctx.db.securityEvent.count({ where: { subjectId: word(course, "userId"), name } }),
    1,
  ] as const;

const registrationRace: Race = {
  name: "one registration link, fifty passwords",
  prepare: async (ctx) => {
    const email = `${ctx.random.bytes(8).toString("hex")}@example.test`;
    const link = await inTransaction(ctx, (tx) => newRegistrationLink(tx, email));
    return { email, token: link.split("/").at(-1) ?? "" };
  },
  attempt: async (ctx, course, index) => {
    await register(ctx, { token: word(course, "token"), password: `fourteen brave lanterns ${index}` });
    return true;
  },
  count: async (ctx, course) => {
    const { id: userId } = await ctx.db.user.findUniqueOrThrow({ where: { email: word(course, "email") } });
    return [
      [
        "spent links",
        await ctx.db.oneTimeLink.count({ where: { hash: sha256(word(course, "token")), spentAt: { not: null } } }),
        1,
      ],
      await told(ctx, { userId }, "registration.completed"),
      ["logins begun", await ctx.db.challenge.count({ where: { userId } }), 1],
    ];
  },
};

const revertRace: Race = {
  name: "one link in an old mailbox, pressed by fifty",
  prepare: async (ctx) => {
    const { userId, email } = await makePerson(ctx);
    await ctx.db.user.update({ where: { id: userId }, data: { emailConfirmedAt: ctx.now } });
    await inTransaction(ctx, (tx) => changeLoginEmail(tx, { userId, email: `moved-${email}`, actor: null }));
    return { userId, email, token: await revertTokenTo(ctx, userId, email) };
  },
  attempt: async (ctx, course) => {
    await revertEmail(ctx, { token: word(course, "token") });
    return true;
  },
  count: async (ctx, course) => [
    await told(ctx, course, "account.email_reverted"),
    ["addresses put back", await ctx.db.user.count({ where: { email: word(course, "email") } }), 1],
  ],
};

const code = "24681357";

/** A letter past a wait, without the letter: its link, its code, and the browser that waits for them. */
async function letterPastWait(ctx: Ctx): Promise<Course> {
  const { userId } = await makePerson(ctx);
  const [id, token, waitToken] = [ctx.random.id(), newUnlockToken(ctx, "unl_"), newUnlockToken(ctx, "unw_")];
  await insertUnlock(ctx, {
    id,
    userId,
    linkHash: unlockHash(token, "unl_") ?? "",
    waitHash: unlockHash(waitToken, "unw_") ?? "",
    codeHash: unlockCodeHash(id, code),
  });
  return { userId, token, waitToken };
}

async function byLink(ctx: Ctx, course: Course): Promise<boolean> {
  return (await openUnlockByLink(ctx, { token: word(course, "token") })) !== "";
}

async function byCode(ctx: Ctx, course: Course): Promise<boolean> {
  await openUnlockByCode(ctx, { waitToken: word(course, "waitToken"), code });
  return true;
}

const unlockRace = (name: string, attempt: Race["attempt"]): Race => ({
  name,
  prepare: letterPastWait,
  attempt,
  count: async (ctx, course) => [await told(ctx, course, "unlock.opened")],
});

/** Every link of a letter but those of a forgotten password and of changes that wait: each is used once, whoever presses it. */
export const linkRaces: readonly Race[] = [
  registrationRace,
  revertRace,
  unlockRace("one link past a wait, pressed by fifty", byLink),
  unlockRace("one code past a wait, typed by fifty", byCode),
  unlockRace("the link and the code of one letter past a wait, fifty times", (ctx, course, index) =>
    (index >> 1) % 2 === 0 ? byLink(ctx, course) : byCode(ctx, course),
  ),
];
