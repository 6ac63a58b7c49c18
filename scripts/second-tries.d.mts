/** Lets the bundler's runtime in the folder of the server's build forget what failed. Out: null, or the sentence why it cannot be done. */
export function forgetFailures(server: string): string | null;
