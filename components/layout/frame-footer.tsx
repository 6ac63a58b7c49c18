import type { Foot } from "@/components/layout/foot";
import { Switch } from "@/components/layout/switch";

/** The foot of every frame: help, language, appearance. */
export function FrameFooter({ foot }: { readonly foot: Foot }) {
  const { help, label, switches } = foot;
  return (
    <footer className="grid justify-items-center gap-1 px-rim py-6 print:hidden">
      {help && (
        <a href={help.href} className="foot-link">
          {help.label}
        </a>
      )}
      <section aria-label={label} className="flex flex-wrap justify-center gap-x-6 text-sm text-muted">
        {switches.map((one) => (
          <Switch key={one.name} {...one} />
        ))}
      </section>
    </footer>
  );
}
