"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * A class for what only scripts can do. Until they run it is not seen but keeps its place, so that nothing moves under a
 * finger when it appears; where the browser runs none it is left out.
 */
export const untilScripts = "invisible noscript:hidden";

/** True once scripts run. What needs them appears only then, so nobody meets a control that does nothing. */
export function useScripts(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
