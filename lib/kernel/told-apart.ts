type Named = { readonly name: string; readonly longer: string };

/**
 * Names for things in one list, no two alike, so that whoever hears only "Forget …" hears which: the name where one thing has it, `longer` where
 * several do, and a number behind the second of what is alike even then.
 */
export function toldApart(things: readonly Named[]): string[] {
  const names = things.map(({ name }) => name);
  const told = things.map(({ name, longer }) => (names.indexOf(name) === names.lastIndexOf(name) ? name : longer));
  return told.map((name, at) => {
    const before = told.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
