"use client";

import { lazy, Suspense } from "react";

const Late = lazy(async () => ({ default: (await import("@/components/factors/passkey/sign-in")).SignIn }));

/** Logging in with a passkey, as a script of its own: a login page that offers none does not bring it, and nothing waits for it. */
export const SignIn = () => (
  <Suspense>
    <Late />
  </Suspense>
);
