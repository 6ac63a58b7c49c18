import { configuredIds, hasConfiguredDefault } from "@/lib/apps/find-app";
import { DomainError } from "@/lib/kernel/errors";

/** Refuses what only the file of the configuration may decide. Throws `apps.configured`, `apps.default_configured`. */
export function mayDecide(id: string | null, change: { readonly isDefault?: boolean | undefined }): void {
  if (id !== null && configuredIds().includes(id)) throw new DomainError("apps.configured");
  if (change.isDefault === true && hasConfiguredDefault()) throw new DomainError("apps.default_configured");
}
