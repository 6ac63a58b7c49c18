import { ActivityCard } from "@/app/security/_cards/activity-card";
import type { SecurityCard } from "@/app/security/_cards/card";
import { ContactsCard } from "@/app/security/_cards/contacts-card";
import { DataCard } from "@/app/security/_cards/data-card";
import { FactorsCard } from "@/app/security/_cards/factors-card";
import { PasswordCard } from "@/app/security/_cards/password-card";
import { ProfileCard } from "@/app/security/_cards/profile-card";
import { RecoveryCodesCard } from "@/app/security/_cards/recovery-codes-card";
import { SessionCard } from "@/app/security/_cards/session-card";

/** The cards of the security page, in the order of the page. */
export const cards: readonly SecurityCard[] = [
  FactorsCard,
  RecoveryCodesCard,
  PasswordCard,
  SessionCard,
  ContactsCard,
  ActivityCard,
  DataCard,
  ProfileCard,
];
