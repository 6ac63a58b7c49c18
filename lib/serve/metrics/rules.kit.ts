/** Series and their values by the minute, as promtool reads them. Times lie near 0: a backup that was made at 0 is three hours old in the end. */
type Series = Readonly<Record<string, string>>;

const here = 'job="sallyport",instance="here"';
const flat = (value: number) => `${value}x200`;
const rising = (each: number) => `0+${each}x200`;
/** Nothing for an hour and a half, then some at once, twice in the end: what an hour's increase sees. */
const lately = (count: number) => `0x150 ${count}x20 ${2 * count}x40`;

/** A night in which all is well. */
export const calm: Series = {
  [`up{${here}}`]: flat(1),
  [`sallyport_open{${here}}`]: flat(1),
  [`sallyport_database_answers{${here}}`]: flat(1),
  [`sallyport_http_requests_total{${here},route="/login",method="GET",status="2xx"}`]: rising(600),
  [`sallyport_http_requests_total{${here},route="/login",method="POST",status="503"}`]: rising(100),
  [`sallyport_http_requests_total{${here},route="/login",method="GET",status="5xx"}`]: rising(1),
  [`sallyport_http_request_seconds_bucket{${here},route="/login",le="0.03"}`]: rising(580),
  [`sallyport_http_request_seconds_bucket{${here},route="/login",le="10"}`]: rising(600),
  [`sallyport_http_request_seconds_bucket{${here},route="/login",le="+Inf"}`]: rising(600),
  [`sallyport_hashing_full_total{${here}}`]: flat(3),
  [`sallyport_hashing_wait_seconds_bucket{${here},le="0.01"}`]: rising(60),
  [`sallyport_hashing_wait_seconds_bucket{${here},le="3"}`]: rising(61),
  [`sallyport_hashing_wait_seconds_bucket{${here},le="+Inf"}`]: rising(61),
  [`sallyport_clock_ahead_seconds{${here}}`]: flat(-0.2),
  [`sallyport_data_free_bytes{${here}}`]: flat(5_000_000_000),
  [`sallyport_heartbeat_age_seconds{${here}}`]: flat(4),
  [`sallyport_portal_versions{${here}}`]: flat(1),
  [`sallyport_letters_oldest_seconds{${here},channel="mail"}`]: flat(40),
  [`sallyport_letters{${here},channel="mail",state="parked"}`]: flat(0),
  [`sallyport_letters{${here},channel="mail",state="waiting"}`]: flat(9),
  [`sallyport_events_total{${here},event="session.opened",result="ok"}`]: rising(60),
  [`sallyport_events_total{${here},event="send.budget_spent",result="refused"}`]: flat(0),
  [`sallyport_events_total{${here},event="factor.closed",result="refused"}`]: lately(1),
  [`sallyport_events_total{${here},event="device.copied",result="refused"}`]: flat(1),
  [`sallyport_events_total{${here},event="account.contained",result="ok"}`]: flat(2),
  [`sallyport_events_total{${here},event="events.cut",result="failed"}`]: flat(0),
  [`sallyport_events_total{${here},event="events.forged",result="failed"}`]: flat(0),
  [`sallyport_events_unsealed_seconds{${here}}`]: flat(50),
  [`sallyport_backup_every_seconds{${here}}`]: flat(86_400),
  [`sallyport_backup_made_seconds{${here}}`]: flat(0),
  [`sallyport_changes_overdue{${here}}`]: flat(0),
  [`sallyport_changes_untold{${here}}`]: flat(0),
  [`nodejs_eventloop_lag_p99_seconds{${here}}`]: flat(0.02),
  [`sallyport_database_pool{${here},state="waiting"}`]: flat(0),
  [`sallyport_database_lost_turns_total{${here},end="again"}`]: rising(1),
  [`sallyport_database_lost_turns_total{${here},end="given_up"}`]: flat(0),
  [`sallyport_logins_total{${here},way="password",result="opened"}`]: rising(60),
  [`sallyport_logins_total{${here},way="password",result="refused"}`]: rising(20),
  [`sallyport_logins_total{${here},way="password",result="throttled"}`]: rising(1),
  [`sallyport_challenge_answers_total{${here},purpose="login",kind="totp",result="right"}`]: rising(60),
  [`sallyport_challenge_answers_total{${here},purpose="login",kind="totp",result="wrong"}`]: rising(6),
  [`sallyport_challenge_answers_total{${here},purpose="login",kind="totp",result="throttled"}`]: flat(0),
  [`sallyport_metrics_faults_total{${here}}`]: flat(0),
};

/** For each alarm what is otherwise than in the calm night. */
export const alarms: Readonly<Record<string, Series>> = {
  SallyportGone: { [`up{${here}}`]: flat(0) },
  SallyportShut: { [`sallyport_open{${here}}`]: flat(0) },
  SallyportDatabaseAway: { [`sallyport_database_answers{${here}}`]: flat(0) },
  SallyportFaults: { [`sallyport_http_requests_total{${here},route="/login",method="GET",status="5xx"}`]: rising(20) },
  SallyportLater: { [`sallyport_http_requests_total{${here},route="/login",method="POST",status="503"}`]: rising(300) },
  SallyportFull: { [`sallyport_hashing_full_total{${here}}`]: rising(1) },
  SallyportClockOff: { [`sallyport_clock_ahead_seconds{${here}}`]: flat(-2.5) },
  SallyportDiskLow: { [`sallyport_data_free_bytes{${here}}`]: flat(400_000_000) },
  SallyportHeartbeatLate: { [`sallyport_heartbeat_age_seconds{${here}}`]: flat(25) },
  SallyportVersionsDiffer: { [`sallyport_portal_versions{${here}}`]: flat(2) },
  SallyportLettersLate: { [`sallyport_letters_oldest_seconds{${here},channel="mail"}`]: flat(1_000) },
  SallyportLettersParked: { [`sallyport_letters{${here},channel="mail",state="parked"}`]: flat(1) },
  SallyportBudgetSpent: {
    [`sallyport_events_total{${here},event="send.budget_spent",result="refused"}`]: lately(1),
  },
  SallyportBackupOld: { [`sallyport_backup_every_seconds{${here}}`]: flat(3_600) },
  SallyportChangesOverdue: { [`sallyport_changes_overdue{${here}}`]: flat(2) },
  SallyportChangeUntold: { [`sallyport_changes_untold{${here}}`]: flat(1) },
  SallyportRecordChanged: { [`sallyport_events_total{${here},event="events.cut",result="failed"}`]: lately(1) },
  SallyportRecordUnsealed: { [`sallyport_events_unsealed_seconds{${here}}`]: flat(2_000) },
  SallyportHashingSlow: {
    [`sallyport_hashing_wait_seconds_bucket{${here},le="3"}`]: rising(100),
    [`sallyport_hashing_wait_seconds_bucket{${here},le="+Inf"}`]: rising(100),
  },
  SallyportSlow: {
    [`sallyport_http_request_seconds_bucket{${here},route="/login",le="0.03"}`]: rising(300),
  },
  SallyportThreadHeld: { [`nodejs_eventloop_lag_p99_seconds{${here}}`]: flat(0.8) },
  SallyportPoolWaits: { [`sallyport_database_pool{${here},state="waiting"}`]: flat(3) },
  SallyportTurnsLost: { [`sallyport_database_lost_turns_total{${here},end="given_up"}`]: rising(1) },
  SallyportGuessing: { [`sallyport_logins_total{${here},way="password",result="refused"}`]: rising(400) },
  SallyportSecondDoorFails: {
    [`sallyport_challenge_answers_total{${here},purpose="login",kind="totp",result="wrong"}`]: rising(150),
  },
  SallyportFactorsClosed: { [`sallyport_events_total{${here},event="factor.closed",result="refused"}`]: lately(4) },
  SallyportBrowserCopied: { [`sallyport_events_total{${here},event="device.copied",result="refused"}`]: lately(1) },
  SallyportNotMe: { [`sallyport_events_total{${here},event="account.contained",result="ok"}`]: lately(1) },
  SallyportCountingFails: { [`sallyport_metrics_faults_total{${here}}`]: rising(1) },
};

/** Other reasons for the same alarms: from many addresses at one account, where a few tries of an hour are judged and all others meet its wait. */
export const atOneAccount: Readonly<Record<string, Series>> = {
  SallyportGuessing: {
    [`sallyport_logins_total{${here},way="password",result="refused"}`]: "0x100 5x100",
    [`sallyport_logins_total{${here},way="password",result="throttled"}`]: rising(400),
  },
  SallyportSecondDoorFails: {
    [`sallyport_challenge_answers_total{${here},purpose="login",kind="totp",result="wrong"}`]: "0x100 10x100",
    [`sallyport_challenge_answers_total{${here},purpose="login",kind="totp",result="throttled"}`]: rising(150),
  },
};
