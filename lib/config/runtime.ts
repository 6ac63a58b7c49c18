/** Is this `next dev`? Next fixes the answer when it builds. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === "development";
}

/** Sets what Next's standalone server expects of its environment. `built` is the configuration it was built with. */
export function prepareEnvironment(built: Readonly<Record<string, unknown>>): void {
  Object.assign(process.env, {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(built),
  });
}
