import type { ComponentProps } from "react";

/** What they look like stands in `looks.css`. */
export type ButtonLook = "primary" | "quiet" | "danger" | "choice" | "text";

export type ButtonLooks = { readonly look?: ButtonLook; readonly wide?: boolean };

/** The look as class names, for a button that is made elsewhere. */
export const buttonClasses = ({ look = "primary", wide = false }: ButtonLooks) =>
  `button button-${look}${wide ? " w-full" : ""}`;

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
