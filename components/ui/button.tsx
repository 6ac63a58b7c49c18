import type { ComponentProps } from "react";

export type ButtonLook = "primary" | "quiet" | "danger" | "choice" | "text";

const shape =
  "inline-flex min-h-11 wrap-break-word cursor-pointer items-center gap-2 rounded-control border py-2 font-semibold motion-safe:transition-colors aria-disabled:cursor-default aria-disabled:opacity-70";

const centred = "justify-center text-center";

/** Forced colours drop the fill, so every look keeps a border to be recognised by. */
const looks: Record<ButtonLook, string> = {
  primary: `${centred} border-transparent px-5 bg-accent-fill text-on-accent hover:bg-accent-strong`,
  quiet: `${centred} border-edge px-5 bg-card text-ink hover:bg-soft`,
  danger: `${centred} border-transparent px-5 bg-danger-fill text-on-danger hover:bg-danger-strong`,
  /** One of several ways to go on, below each other. */
  choice: "text-left border-edge px-5 bg-card text-ink hover:bg-soft",
  text: `${centred} -mx-1 border-transparent px-1 text-accent underline decoration-1 underline-offset-4 hover:text-accent-strong hover:decoration-2 forced-colors:border-none`,
};

export type ButtonLooks = { readonly look?: ButtonLook; readonly wide?: boolean };

/** The look as class names, for a button that is made elsewhere. */
export const buttonClasses = ({ look = "primary", wide = false }: ButtonLooks) =>
  `${shape} ${looks[look]} ${wide ? "w-full" : ""}`;

/** A button. `type` is "button" unless said otherwise, so that none sends a form by accident. */
export function Button({
  look,
  wide,
  type = "button",
  ...rest
}: ButtonLooks & Omit<ComponentProps<"button">, "className">) {
  return <button type={type} className={buttonClasses({ ...(look && { look }), ...(wide && { wide }) })} {...rest} />;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({ look, wide, ...rest }: ButtonLooks & Omit<ComponentProps<"a">, "className">) {
  return <a className={buttonClasses({ ...(look && { look }), ...(wide && { wide }) })} {...rest} />;
}
