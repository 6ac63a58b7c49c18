type Answer = { readonly status: number; readonly body: string };

/** See `unserved.mjs`. */
export function unserved(answer: Answer, isOfApi: boolean): "later" | "fault" | null;
