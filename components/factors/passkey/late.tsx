"use client";

import { type ComponentProps, lazy, Suspense } from "react";

const Form = lazy(async () => ({
  default: (await import("@/components/factors/passkey/ceremony-form")).CeremonyForm,
}));
const Keepers = lazy(async () => ({
  default: (await import("@/components/factors/passkey/tell-keepers")).TellKeepers,
}));

/** The form of a ceremony, as a script of its own: pages that ask for another kind do not bring it. */
export const CeremonyForm = (props: ComponentProps<typeof Form>) => (
  <Suspense>
    <Form {...props} />
  </Suspense>
);

/** What keepers of passkeys are told, as a script of its own: where no passkey is offered it is not brought. */
export const TellKeepers = (props: ComponentProps<typeof Keepers>) => (
  <Suspense>
    <Keepers {...props} />
  </Suspense>
);
