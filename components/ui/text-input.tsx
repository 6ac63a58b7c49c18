import type { ComponentProps } from "react";

/** The look that all one-line fields share. */
export const inputLook =
  "min-h-12 w-full rounded-control border border-edge bg-card px-3.5 py-2 text-ink placeholder:text-muted aria-invalid:border-2 aria-invalid:border-danger";

/** One line of text. At least 16 px high letters, or a phone would zoom into it. */
export function TextInput({ type = "text", ...rest }: Omit<ComponentProps<"input">, "className">) {
  return <input type={type} className={inputLook} {...rest} />;
}
