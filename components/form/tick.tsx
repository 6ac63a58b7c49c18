"use client";

import { useFieldState } from "@/components/form/form-context";
import { wiring } from "@/components/ui/field";

type TickProps = { readonly name: string; readonly label: string; readonly hint?: string };

/** One yes or no in an `ActionForm`; set, its field is "on". What was ticked before stays so after an error. */
export function Tick({ name, label, hint }: TickProps) {
  const { id, kept } = useFieldState(name, false);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="tick">
        <input
          type="checkbox"
          name={name}
          defaultChecked={kept === "on"}
          className="tick-box"
          {...wiring({ id, hint, error: undefined })}
        />
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
