type Choice = { readonly value: string; readonly name: string; readonly lang?: string };

export type SwitchProps = {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly choices: readonly Choice[];
  readonly action: (form: FormData) => Promise<void>;
};

/** One button per choice in a plain form: works without scripts, and the chosen one says so. */
export function Switch({ name, label, chosen, choices, action }: SwitchProps) {
  return (
    <form action={action}>
      <fieldset className="flex flex-wrap items-center justify-center">
        <legend className="sr-only">{label}</legend>
        {choices.map(({ value, name: words, lang }) => (
          <button
            key={value}
            type="submit"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === chosen}
            className="switch"
          >
            {words}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
