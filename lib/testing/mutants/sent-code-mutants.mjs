// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults in sent codes and in binding during a login; see `mutants.mjs`. */
export const sentCodeMutants = [
  {
    name: "a sent code is good in every login of its person",
    file: "lib/factors/sent-code/store.ts",
    changes: [
      [
        "AND challenge_id IS NOT DISTINCT FROM ${challengeId}\n      AND (${factorId}::text IS NULL OR factor_id = ${factorId}) AND consumed_at",
        "AND (${factorId}::text IS NULL OR factor_id = ${factorId}) AND consumed_at",
      ],
    ],
    also: {
      file: "lib/factors/sent-code/strategy.ts",
      changes: [
        ['mac("mac:otp", [id, step, purpose, code])', 'mac("mac:otp", [id, purpose, code])'],
        ['macs("mac:otp", [id, step, purpose, code])', 'macs("mac:otp", [id, purpose, code])'],
      ],
    },
    test: "lib/challenge/prepare-answer.test.ts",
    only: "is good for its own challenge, kind and purpose, and no other",
  },
  {
    name: "a sent code can be spent twice",
    file: "lib/factors/sent-code/store.ts",
    changes: [
      [
        "AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${ctx.now} RETURNING",
        "AND purpose = ${purpose} AND expires_at > ${ctx.now} RETURNING",
      ],
    ],
    test: "lib/factors/sent-code/store.test.ts",
    only: "is spent once, and never again",
  },
  {
    name: "another code can be had at once",
    file: "lib/throttle/send-windows.ts",
    changes: [['  windowOf("send.gap", step),\n', ""]],
    test: "lib/challenge/prepare-answer.test.ts",
    only: "may be asked for again a minute after the last one",
  },
  {
    name: "a login of somebody who has a factor may bind another one",
    file: "lib/challenge/enrollable.ts",
    changes: [["if (!isDemanded || (await countActive(ctx, userId)) > 0) return [];", "if (!isDemanded) return [];"]],
    test: "lib/challenge/enrol-at-login.test.ts",
    only: "where there is a factor already, of whatever kind",
  },
  {
    name: "a new code refunds the used tries",
    file: "lib/challenge/prepare-answer.ts",
    changes: [
      [
        "  await consumingSend(ctx, asked, ",
        "  await ctx.db.challenge.update({ where: { id }, data: { attemptsLeft: 5 } });\n  await consumingSend(ctx, asked, ",
      ],
    ],
    test: "lib/challenge/prepare-answer.test.ts",
    only: "does not refund the tries that were used up",
  },
  {
    name: "strangers who claim a number use up what its owner may get",
    file: "lib/throttle/send-windows.ts",
    changes: [
      [
        'windowOf("send.bound", address), windowOf("send.bound_day", address), house]',
        'windowOf("send.claimed", address), windowOf("send.claimed_day", address), house]',
      ],
    ],
    test: "lib/throttle/consume-send.test.ts",
    only: "what strangers claim uses up nothing of what the owner of a bound number needs",
  },
  {
    name: "whoever knows the password uses up the owner's reserve",
    file: "lib/throttle/consume-send.ts",
    changes: [["sending.isBound && sending.deviceId !== null", "sending.isBound"]],
    test: "lib/throttle/consume-send.test.ts",
    only: "has two codes a day that nobody else can use up",
  },
  {
    name: "a number that somebody else has bound may not be bound, which tells that they have",
    file: "lib/challenge/enrollable.ts",
    changes: [
      [
        "    enrolment.begin(ctx, { userId: challenge.userId, email: challenge.email }, given);\n    return true;",
        '    const { handle = "" } = enrolment.begin(ctx, { userId: challenge.userId, email: challenge.email }, given);\n    return (await ctx.db.factor.count({ where: { handle } })) === 0;',
      ],
    ],
    test: "lib/challenge/enrol-at-login.test.ts",
    only: "yes for every well-formed one, whoever uses it",
  },
  {
    name: "sent codes are stored as they are",
    file: "lib/factors/sent-code/strategy.ts",
    changes: [
      [
        'const hashOf = ({ id, step, purpose, code }: Typed) => mac("mac:otp", [id, step, purpose, code]);',
        "const hashOf = ({ code }: Typed) => code;",
      ],
    ],
    test: "lib/challenge/prepare-answer.test.ts",
    only: "and is nowhere to be read",
  },
  {
    name: "the factor that a login binds is confirmed without its own code",
    file: "lib/factors/sent-code/strategy.ts",
    changes: [
      ["  if (!match || !isTheirs) throw new DomainError(kind.wrong, { field });\n", ""],
      ["=== match.factorId", "=== match?.factorId"],
      ["spendCode(tx, match.id, purpose)", 'spendCode(tx, (match ?? codes[0])?.id ?? "", purpose)'],
    ],
    test: "lib/challenge/enrol-at-login.test.ts",
    only: "with the code of another login, of another number, or one that is over",
  },
];
