import type { ReactNode } from "react";
import { Drawing } from "@/components/ui/drawing";
import { stopIcon } from "@/components/ui/icons";

type FieldProps = {
  /** The id of the control inside. */
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The word "optional", where the field is. */
  readonly optional?: string | undefined;
  readonly onInput?: () => void;
  readonly children: ReactNode;
};

/** A control with its label above and its hint and error below, tied together by id. The error speaks up by itself. */
export function Field({ id, label, hint, error, optional, onInput, children }: FieldProps) {
  return (
    <div className="grid gap-1.5" onInput={onInput}>
      <label htmlFor={id} className="font-semibold">
        {label}
        {optional && <span className="font-normal text-muted"> ({optional})</span>}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} role="alert" className="flex gap-2 font-medium text-danger">
          <span className="mt-0.5">
            <Drawing path={stopIcon} />
          </span>
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

type Wired = Pick<FieldProps, "id" | "hint" | "error"> & {
  /** It was wrong and is being mended: still the field that the last answer was about, so the form's summary stays away. */
  readonly isMended?: boolean;
};

/** The attributes that tie a control to what `Field` shows around it (WCAG 2.2, 1.3.1 and 3.3.1). */
export function wiring({ id, hint, error, isMended }: Wired) {
  const parts = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean);
  return {
    id,
    "aria-describedby": parts.length > 0 ? parts.join(" ") : undefined,
    "aria-invalid": error ? true : isMended ? false : undefined,
  } as const;
}
