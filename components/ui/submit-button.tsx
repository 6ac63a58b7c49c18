import type { ReactNode } from "react";
import { type ButtonLooks, buttonClasses } from "@/components/ui/button";
import { SubmitControl } from "@/components/ui/submit-control";

type SubmitButtonProps = ButtonLooks & {
  readonly children: ReactNode;
  /** What the button says while the answer is on its way: never a spinner without words. */
  readonly pending: string;
  readonly name?: string;
  readonly value?: string;
  /** What a screen reader says instead, where the words alone do not say of what. */
  readonly "aria-label"?: string;
};

/** Sends the form it stands in. Its look is decided on the server, so that the table of looks does not travel. */
export function SubmitButton({ look, wide, ...rest }: SubmitButtonProps) {
  return <SubmitControl className={buttonClasses({ ...(look && { look }), ...(wide && { wide }) })} {...rest} />;
}
