"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** True once scripts run. What needs them appears only then, so nobody meets a control that does nothing. */
export function useScripts(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
