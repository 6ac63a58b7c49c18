import type { ComponentProps } from "react";

/** One line of text. At least 16 px high letters, or a phone would zoom into it. */
export function TextInput({ type = "text", ...rest }: Omit<ComponentProps<"input">, "className">) {
  return <input type={type} className="field" {...rest} />;
}
