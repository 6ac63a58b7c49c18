import { Drawing } from "@/components/ui/drawing";
import {
  attentionIcon,
  backIcon,
  checkIcon,
  infoIcon,
  keyIcon,
  lockIcon,
  mailIcon,
  messageIcon,
  nextIcon,
  phoneIcon,
  stopIcon,
} from "@/components/ui/icons";

const icons = {
  attention: attentionIcon,
  back: backIcon,
  check: checkIcon,
  info: infoIcon,
  key: keyIcon,
  lock: lockIcon,
  mail: mailIcon,
  message: messageIcon,
  next: nextIcon,
  phone: phoneIcon,
  stop: stopIcon,
} as const;

export type IconName = keyof typeof icons;

/**
 * A drawing by its name, for server components. Components that run in the browser take a `Drawing` and the one path
 * they need, so that they do not carry the others.
 */
export function Icon({ name }: { readonly name: IconName }) {
  return <Drawing path={icons[name]} />;
}
