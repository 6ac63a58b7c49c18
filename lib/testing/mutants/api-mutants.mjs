// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

const entering = "lib/challenge/enter-by-api.test.ts";

/** Faults of the JSON API, built in one at a time; see `mutants.mjs`. */
export const apiMutants = [
  {
    name: "a login of one client goes on in another",
    file: "lib/challenge/store.ts",
    changes: [[" AND c.client_id = ${pass.clientId} AND c.expires_at", " AND c.expires_at"]],
    also: {
      file: "lib/challenge/claim/store.ts",
      changes: [["AND client_id = ${pass.clientId} AND purpose", "AND purpose"]],
    },
    test: entering,
    only: "under another client's name is no login at all",
  },
  {
    name: "an app's session opens the pages",
    file: "lib/sessions/store.ts",
    changes: [["AND s.client_id = ${clientId} AND ", "AND ${clientId} <> '' AND "]],
    test: entering,
    only: "opens no door of the pages",
  },
  {
    name: "any code claims what a confirmation has opened",
    file: "lib/challenge/enter-by-api.ts",
    changes: [["isAnswerOf?.(held, answer, satisfiedStep) === true;", "isAnswerOf !== undefined;"]],
    test: entering,
    only: "takes no wrong code for the claim",
  },
  {
    name: "claims of a satisfied login cost nothing",
    file: "lib/challenge/claim/store.ts",
    changes: [
      [
        "SET attempts_left = attempts_left - 1\n    WHERE id = ${id} AND state = 'SATISFIED'",
        "SET attempts_left = attempts_left\n    WHERE id = ${id} AND state = 'SATISFIED'",
      ],
    ],
    test: entering,
    only: "takes no wrong code for the claim",
  },
  {
    name: "whatever address is named with a code, it counts",
    file: "lib/factors/sent-code/strategy.ts",
    changes: [["if (!match || !isTheirs) throw", "if (!match) throw"]],
    test: entering,
    only: "with somebody else's number",
  },
  {
    name: "a browser becomes known by an app's login",
    file: "lib/challenge/claim-login.ts",
    changes: [
      [
        "clientTraits(pass.clientId).remembersDevices ? offerDevice(ctx, deviceCookie) : null",
        "offerDevice(ctx, deviceCookie)",
      ],
    ],
    test: entering,
    only: "makes no device known",
  },
  {
    name: "an app's session ends when it lies unused",
    file: "lib/policy/clients.ts",
    changes: [["    idleLimit: null,", "    idleLimit: policy.session.idle,"]],
    test: entering,
    only: "has no idle limit, and ends with its day",
  },
  {
    name: "an app's login waits a minute for its session",
    file: "lib/policy/clients.ts",
    changes: [["    claimLimit: null,", "    claimLimit: policy.challenge.satisfiedLifetime,"]],
    test: entering,
    only: "waits for the claim until the login's own end",
  },
  {
    name: "an app's token is replaced by one that it never gets",
    file: "lib/policy/clients.ts",
    changes: [["    rotatesToken: false,", "    rotatesToken: true,"]],
    test: entering,
    only: "under the token that was there before",
  },
  {
    name: "an app's session makes codes that nobody sees",
    file: "lib/policy/clients.ts",
    changes: [["    showsCodes: false,", "    showsCodes: true,"]],
    test: "lib/factors/recovery/hand-out.test.ts",
    only: "it could not show them",
  },
  {
    name: "a token may choose its own algorithm",
    file: "lib/crypto/signed-token.ts",
    changes: [["      algorithms: [algorithm],\n", ""]],
    also: {
      file: "lib/crypto/signed-token.ts",
      changes: [
        [
          "    const { payload } = await jwtVerify(",
          '    if (/^eyJhbGciOiJub25l/.test(token)) return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());\n    const { payload } = await jwtVerify(',
        ],
      ],
    },
    test: "lib/crypto/signed-token.test.ts",
    only: "with the algorithm none",
  },
  {
    name: "a token is good for every app",
    file: "lib/crypto/signed-token.ts",
    changes: [["      audience,\n", ""]],
    test: "lib/crypto/signed-token.test.ts",
    only: "to those it is meant for",
  },
  {
    name: "a listed origin calls for every app",
    file: "lib/web/cors.ts",
    changes: [["origin === null || isAmong(origin, origins)", "origin === null || origins.length >= 0"]],
    test: "lib/web/cors.test.ts",
    only: "judged by the app that it names",
  },
];
