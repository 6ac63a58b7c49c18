/** What is posted: its type and its bytes, and what to call it. */
export type Body = { readonly name: string; readonly type: string; readonly bytes: Buffer };

/** As much as a portal reads, less a little for the frame. */
export const size = 64_000;

/** As much of a text as fits, in bytes. */
export const cut = (text: string, length: number): string =>
  Buffer.from(text).subarray(0, Math.max(0, length)).toString("utf8");

/** A body of this text, no longer than is read at all. */
export const bodyOf = (name: string, type: string, text: string): Body => ({
  name,
  type,
  bytes: Buffer.from(text).subarray(0, 65_536),
});
