/** Is this a value? Empty and blank mean "not set": so does a compose file whose variable nobody gave. */
export const isSet = (value) => value !== undefined && value.trim() !== "";

/** One look at several sources of settings, the first that sets a name wins; what none of them sets is not there. */
export function known(...sources) {
  const found = {};
  for (const source of sources) {
    for (const [name, value] of Object.entries(source)) if (isSet(value)) found[name] ??= value;
  }
  return found;
}
