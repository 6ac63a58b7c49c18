const hidden = "[redacted]";

/** A value that no log, page or JSON can show by accident: only `reveal` gives it back. */
export type Secret<T> = { readonly reveal: () => T; readonly toString: () => string; readonly toJSON: () => string };

/** Wraps `value` so that printing, joining or serialising it writes "[redacted]". */
export function secret<T>(value: T): Secret<T> {
  const wrapped = { reveal: () => value, toString: () => hidden, toJSON: () => hidden };
  return Object.freeze(
    Object.defineProperty(wrapped, Symbol.for("nodejs.util.inspect.custom"), { value: () => hidden }),
  );
}
