/** How the portal looks: as the system does, or as the person chose (kept in a cookie). */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

/** Anything that is no theme, a forged cookie too, means "as the system does". */
export function readTheme(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
