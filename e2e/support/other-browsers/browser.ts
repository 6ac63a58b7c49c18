/** Something on a page, as its driver names it. */
export type Found = { readonly id: string };

/** A browser that Playwright does not drive, spoken to by a protocol of the W3C: as much of it as a story needs. */
export type OtherBrowser = {
  go(url: string): Promise<void>;
  back(): Promise<void>;
  /** Runs the text of a function's body in the page, with `arguments[0]`, and returns what is JSON. */
  ask(body: string, given?: string): Promise<unknown>;
  /** The same for a body that returns an element; null when it returns none. */
  find(body: string, given: string): Promise<Found | null>;
  /** A real press of the mouse in its middle. */
  press(found: Found): Promise<void>;
  /** Real keys, one after another, after a press on it. */
  type(found: Found, text: string): Promise<void>;
  close(): Promise<void>;
};
