// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults in what monitoring is told, and to whom. */
export const metricsMutants = [
  {
    name: "the metrics are told under any name that leads to this machine",
    file: "lib/serve/metrics/endpoint.ts",
    changes: [["!isHere || !isLoopbackHost(hostOf(req.headers.host))", "!isHere"]],
    test: "lib/serve/health.test.ts",
    only: "are told to this machine by its own name",
  },
  {
    name: "the metrics are told to the world that names itself localhost",
    file: "lib/serve/metrics/endpoint.ts",
    changes: [["!isHere || !isLoopbackHost(hostOf(req.headers.host))", "!isLoopbackHost(hostOf(req.headers.host))"]],
    test: "lib/serve/health.test.ts",
    only: "are not there for the world",
  },
  {
    name: "no token is a token of no letters",
    file: "lib/serve/metrics/endpoint.ts",
    changes: [
      [
        "!sameText(bearerOf(req.headers.authorization), token.reveal())",
        "!token.reveal().startsWith(bearerOf(req.headers.authorization))",
      ],
    ],
    test: "lib/serve/health.test.ts",
    only: "are for whoever brings the token",
  },
  {
    name: "a label takes a stranger's word",
    file: "lib/serve/metrics/registry.ts",
    changes: [
      [
        "return word !== undefined && words.has(word) ? word : other;",
        "return word === undefined || words.has(word) ? (word ?? other) : word;",
      ],
    ],
    test: "lib/serve/metrics/registry.test.ts",
    only: "a word that is in no list",
  },
  {
    name: "a family has as many lines as there are combinations",
    file: "lib/serve/metrics/registry.ts",
    changes: [
      [
        "const isRoom = series.size < most - 1 || words === others;",
        "const isRoom = series.size < most * 9 || words === others;",
      ],
    ],
    test: "lib/serve/metrics/registry.test.ts",
    only: "and the bound is no accident",
  },
  {
    name: "what is not known any more is told as it was",
    file: "lib/serve/metrics/registry.ts",
    changes: [["made.get(name)?.forget(labels);", "return;"]],
    test: "lib/serve/metrics/scrape.test.ts",
    only: "none of yesterday's stand there",
  },
  {
    name: "a path that is nobody's is told",
    file: "lib/serve/metrics/time-requests.ts",
    changes: [["(isApiPath(path) ? apiRoute : other)", "(isApiPath(path) ? apiRoute : path)"]],
    test: "lib/serve/metrics/time-requests.test.ts",
    only: "is counted by its shape",
  },
  {
    name: "a deed is counted before it stands",
    file: "lib/audit/record-event.ts",
    changes: [
      [
        '    logLine("event", name, told);\n    tally({ what: "event", name, result: told.result, meta: told.meta });\n  });',
        '    logLine("event", name, told);\n  });\n  tally({ what: "event", name, result: told.result, meta: told.meta });',
      ],
    ],
    test: "lib/serve/metrics/count-tally.test.ts",
    only: "what was undone was not counted",
  },
  {
    name: "each scrape asks the database",
    file: "lib/serve/metrics/scrape.ts",
    changes: [["steady() - kept.at < metricsRules.kept", "steady() - kept.at < 0"]],
    test: "lib/serve/metrics/scrape.test.ts",
    only: "the database is asked once in fifteen seconds",
  },
  {
    name: "a fault of the counting ends a login",
    file: "lib/serve/metrics/count-tally.ts",
    changes: [["      isTold = true;\n", "      isTold = true;\n      throw fault;\n"]],
    test: "lib/serve/metrics/count-tally.test.ts",
    only: "a fault of the counting is nobody's fault",
  },
  {
    name: "a full counter is counted once in its window",
    file: "lib/throttle/consume-try.ts",
    changes: [['  tally({ what: "counter full", counter: name });\n', ""]],
    test: "lib/serve/metrics/count-tally.test.ts",
    only: "a counter that is full is counted by its name",
  },
  {
    name: "a flood at one account is seen by its events alone",
    file: "lib/throttle/counting-unjudged.ts",
    changes: [['isLimit(fault.id)) tally({ what: "unjudged", ...at });', "isLimit(fault.id)) throw fault;"]],
    test: "lib/serve/metrics/count-tally.test.ts",
    only: "a flood at one account is counted try by try",
  },
];
