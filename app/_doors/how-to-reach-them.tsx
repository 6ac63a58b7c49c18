import type { FrameSettings } from "@/components/layout/frame-settings";
import { ButtonLink } from "@/components/ui/button";

/** The way to whoever runs the portal: the operator's own address for help, else in words how somebody finds them. */
export function HowToReachThem({ settings: { say, brand } }: { readonly settings: FrameSettings }) {
  if (brand.support === null) return <p>{say("alarm.no_support")}</p>;
  return (
    <div>
      <ButtonLink look="text" href={brand.support}>
        {say("frame.support_link")}
      </ButtonLink>
    </div>
  );
}
