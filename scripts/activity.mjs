import "./check-node.mjs";

const { default: pg } = await import("pg");
const { openCast } = await import("./bench/cast.mjs");
const { exchange, open } = await import("./bench/load.mjs");
const { startPortal } = await import("./bench/portal.mjs");
const { cookieName, getRequest } = await import("./bench/request.mjs");
const { median } = await import("./bench/spread.mjs");
const { dropData, layOutCopy } = await import("./bench/trees.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run activity`: what the activity page costs somebody with a hundred thousand events, or with as many letters as strangers can have written to one account, beside somebody
 * with ten events, on a portal and a database of their own. Each page is asked for in turn with the others, so that noise hits all. Exits 1 where one costs more than one and a half times as much.
 */
const [rounds, warmUp, limit] = [300, 50, 1.5];

/** Ten things that somebody did, on ten days. */
const ten = `SELECT now() - make_interval(days => n), 'password.changed', 'ok', $1, $1, 'AAAAAAAA', '{}'::jsonb FROM generate_series(1, 10) AS n`;
/** A hundred thousand wrong passwords within a month, after whatever they did. */
const guesses = `SELECT now() - make_interval(secs => n * 25), 'login.password_refused', 'refused', NULL, $1, NULL, '{"known":true}'::jsonb FROM generate_series(1, 100000) AS n`;
/** A hundred thousand renewals of an app's token, which nobody sees. */
const unseen = `SELECT now() - make_interval(secs => n * 25), 'session.token_replaced', 'ok', $1, $1, 'AAAAAAAA', '{}'::jsonb FROM generate_series(1, 100000) AS n`;
/** A hundred thousand logins, each a line with a button. */
const logins = `SELECT now() - make_interval(secs => n * 25), 'session.opened', 'ok', $1, $1, substr(md5(n::text), 1, 8), '{}'::jsonb FROM generate_series(1, 100000) AS n`;

/** A hundred thousand things that strangers can bring about, and that went well: each sort is a line an hour. */
const caused = `SELECT now() - make_interval(secs => n * 25), (ARRAY['reset.letter_sent', 'reset.begun', 'unlock.letter_sent', 'code.posted'])[1 + n % 4], 'ok', NULL, $1, NULL, '{}'::jsonb FROM generate_series(1, 100000) AS n`;
/** Letters that left, one every three minutes for as long as they are kept: more than the windows of an account let anybody cause. */
const letters = `INSERT INTO letters (id, user_id, channel, kind, queue, address, language, created_at, not_before, sent_at)
  SELECT md5($1::text || n), $1::text, 'mail', 'device.new', 'measured', md5('somewhere'), 'en', sent.at, sent.at, sent.at
  FROM generate_series(1, 14400) AS n, LATERAL (SELECT now() - make_interval(secs => n * 180) AS at) AS sent`;
/** As an address says it: the page begins in the middle of what there is. */
const middle = `${Date.now() - 50_000 * 25_000}-1`;

const people = [
  { name: "ten events", fill: [ten], path: "", isJudged: false },
  { name: "and 100 000 wrong passwords", fill: [ten, guesses], path: "", isJudged: true },
  { name: "the same, only changes", fill: [ten, guesses], path: "?show=changes", isJudged: true },
  { name: "the same, only refused", fill: [ten, guesses], path: "?show=refused", isJudged: true },
  { name: "and 100 000 caused by strangers", fill: [ten, caused], path: "", isJudged: true },
  { name: "the same, an older page", fill: [ten, caused], path: `?before=${middle}`, isJudged: true },
  { name: "and 100 000 unseen ones", fill: [ten, unseen], path: "", isJudged: true },
  { name: "100 000 logins, no letters", fill: [logins], path: "?show=letters", isJudged: true },
  { name: "100 000 logins, 14 400 letters", fill: [logins], letters, path: "?show=letters", isJudged: true },
  { name: "100 000 logins, a page full of lines", fill: [logins], path: "", isJudged: true },
];

async function activity() {
  await ensureTools();
  const copy = await layOutCopy();
  say("Building a copy (about a minute)…");
  const portal = await startPortal(copy);
  try {
    const cast = await openCast(copy, portal);
    const pages = await preparePages(cast, portal);
    report(await measure(portal, pages));
    await cast.close();
  } finally {
    await portal.stop();
    dropData(copy);
  }
}

/** Somebody for each page, with their events and a session. Out: the request for each. */
async function preparePages({ url, people: maker, ctx }, { origin }) {
  const persons = await maker.makeBenchPeople(ctx, people.length);
  const cookies = await maker.openSessions(ctx, persons);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const [place, { fill, letters: written }] of people.entries()) {
    if (written) await client.query(written, [persons[place].id]);
    for (const rows of fill)
      await client.query(
        `INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, ip, agent, meta)
         SELECT made.at, made.name, made.result, made.actor, made.subject, made.session, '192.0.2.' || (random() * 250)::int, 'measured', made.meta
         FROM (${rows}) AS made (at, name, result, actor, subject, session, meta)`,
        [persons[place].id],
      );
  }
  await client.query("VACUUM ANALYZE");
  await client.end();
  return people.map((one, place) => ({
    ...one,
    times: [],
    request: getRequest({
      origin,
      path: `/security/activity${one.path}`,
      cookie: `${cookieName(origin, "session")}=${cookies[place]}`,
    }),
  }));
}

async function measure({ port }, pages) {
  let socket = null;
  for (let round = 0; round < rounds + warmUp; round += 1)
    for (const page of pages) {
      socket ??= await open(port);
      const begun = process.hrtime.bigint();
      const { status, head } = await exchange(socket, page.request);
      const took = Number(process.hrtime.bigint() - begun) / 1e6;
      if (status !== 200) giveUp(`The page of "${page.name}" answered ${status}.`);
      if (round >= warmUp) page.times.push(took);
      if (/\r\nconnection: close/i.test(head)) socket = void socket.destroy();
    }
  socket?.destroy();
  return pages;
}

function report([few, ...many]) {
  const plain = median(few.times);
  say(`${few.name.padEnd(38)} ${plain.toFixed(2)} ms (n ${few.times.length})`);
  for (const { name, times, isJudged } of many) {
    const ratio = median(times) / plain;
    const tooMuch = isJudged && ratio > limit;
    say(
      `${name.padEnd(38)} ${median(times).toFixed(2)} ms, ${ratio.toFixed(2)} times as much${tooMuch ? ": TOO MUCH" : ""}`,
    );
    if (tooMuch) process.exitCode = 1;
  }
}

await activity();
