/** See `drill-steps.mjs`. */
export type Does = { readonly setting?: string; readonly value?: string; readonly command?: string };
export function drillSteps(): readonly {
  readonly name: string;
  readonly title: string;
  readonly does: readonly Does[];
}[];
