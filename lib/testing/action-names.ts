/**
 * What Next makes the names of server actions of: file and export, "app/preferences/actions.ts chooseThemeAction". In forms they stand as a hash of both, so
 * that who moves or renames one leaves behind every form that a version before has drawn, and while one portal after the other becomes a new version, every
 * form that one has drawn and the other answers (decision 0051).
 */
export const actionNames = (files: ReadonlyMap<string, string>): readonly string[] =>
  [...files].flatMap(([path, text]) =>
    path.endsWith("/actions.ts")
      ? [...text.matchAll(/^export (?:const|async function) (\w+)/gm)].map(([, name]) => `${path} ${name}`)
      : [],
  );

/** Of the names that are known, those that no action has any longer. */
export const orphans = (known: readonly string[], names: readonly string[]): readonly string[] =>
  known.filter((name) => !names.includes(name));
