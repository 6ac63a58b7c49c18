"use client";

import { type ComponentProps, useState } from "react";
import { Drawing } from "@/components/ui/drawing";
import { eyeIcon, eyeOffIcon } from "@/components/ui/icons";
import { useScripts } from "@/components/ui/use-scripts";

export type PasswordWords = { readonly show: string; readonly hide: string };

type PasswordInputProps = Omit<ComponentProps<"input">, "className" | "type"> & { readonly words: PasswordWords };

/** A password that may be looked at while typing (NIST SP 800-63B-4, 3.1.1.2). Without scripts, a plain password field. */
export function PasswordInput({ words, ...rest }: PasswordInputProps) {
  const scripts = useScripts();
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block">
      <input
        type={shown ? "text" : "password"}
        className="field pr-13"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...rest}
      />
      {scripts && (
        <button
          type="button"
          aria-label={shown ? words.hide : words.show}
          aria-controls={rest.id}
          className="field-eye"
          onClick={() => setShown(!shown)}
        >
          <Drawing path={shown ? eyeOffIcon : eyeIcon} />
        </button>
      )}
    </span>
  );
}
