/** Takes out of the folder of packages that is deployed what Next loads and never asks. Out: null, or the sentence why it cannot be done. */
export function silenceUnasked(packages: string): string | null;
