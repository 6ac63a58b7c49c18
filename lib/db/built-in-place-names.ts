/** An unprivileged account that PostgreSQL runs as when the portal runs as root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** Where the built-in database of one data folder lies. All paths are absolute. */
export type Place = {
  readonly base: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly sockets: string;
  readonly logs: string;
  /** What the server says before its own log opens. */
  readonly startLog: string;
  readonly passwordFile: string;
  /** null: the portal's own account. */
  readonly account: Account | null;
};
