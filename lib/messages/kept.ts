/**
 * `make`, and what it once made for the same names is given again. For what is dear to make and changes nothing, such as formatters of `Intl`
 * (some 0.1 ms each). Names are ours (a language, a time zone), never a visitor's text: nothing is ever forgotten.
 */
export function kept<Names extends readonly (string | undefined)[], Made>(
  make: (...names: Names) => Made,
): (...names: Names) => Made {
  const made = new Map<string, Made>();
  return (...names) => {
    const key = names.join("\n");
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(...names);
    made.set(key, fresh);
    return fresh;
  };
}
