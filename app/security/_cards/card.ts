import type { ReactNode } from "react";
import type { Overview } from "@/lib/account/read-overview";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

export type CardProps = {
  readonly overview: Overview;
  readonly say: Say;
  readonly language: Language;
  readonly now: Date;
};

export type SecurityCard = (props: CardProps) => ReactNode;
