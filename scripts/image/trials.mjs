import {
  answersFilesBefore,
  bringsBack,
  commandsWork,
  isHealthy,
  keepsData,
  runAlone,
  stopsIdle,
  stopsUnderLoad,
} from "./alone-trials.mjs";
import { keepsDataBeside, runBeside, stopsIdleBeside, stopsUnderLoadBeside } from "./beside-trials.mjs";
import { buildBoth, buildNothingBefore, makeKeys, refusals } from "./build-trials.mjs";
import { doesNotStart, stolenKey, wrongCommand } from "./night-trials.mjs";

/** What is tried, one after the other: each builds on those before it. */
export const trials = [
  { name: "a build without a release before it", work: buildNothingBefore },
  { name: "both images", work: buildBoth },
  { name: "the keys as the page makes them", work: makeKeys },
  ...refusals,
  { name: "alone: run, set up, logged in to", work: runAlone },
  { name: "its health check", work: isHealthy },
  { name: "a file of the release before", work: answersFilesBefore },
  { name: "commands and a backup", work: commandsWork },
  { name: "stopped with nobody there", work: stopsIdle },
  { name: "a new container on the same volume: everybody is still signed in", work: keepsData },
  { name: "stopped under load", work: stopsUnderLoad },
  { name: "the backup brought back into an empty volume", work: bringsBack },
  { name: "beside a PostgreSQL of one's own: run, set up, logged in to", work: runBeside },
  { name: "beside it: stopped with nobody there", work: stopsIdleBeside },
  { name: "beside it: a new container at the same database: everybody is still signed in", work: keepsDataBeside },
  { name: "beside it: stopped under load, and the same house afterwards", work: stopsUnderLoadBeside },
  { name: "a night in a container: it does not start", work: doesNotStart },
  { name: "a night in a container: a wrong command", work: wrongCommand },
  { name: "a night in a container: a stolen key", work: stolenKey },
];
