import { deviceName } from "@/lib/context/device-name";
import type { Language } from "@/lib/messages/words-shape";
import type { KnownDevice } from "@/lib/sessions/devices/listing/store";

/** What a known browser is called: its owner's own word, or what it says of itself. Pure. */
export const nameOfDevice = ({ label, agent }: Pick<KnownDevice, "label" | "agent">, language: Language): string =>
  label ?? deviceName(agent, language);
