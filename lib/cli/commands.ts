import { appsAdd } from "@/lib/cli/apps-add";
import { appsChange } from "@/lib/cli/apps-change";
import { appsList } from "@/lib/cli/apps-list";
import { appsRemove } from "@/lib/cli/apps-remove";
import { check } from "@/lib/cli/check";
import type { Command } from "@/lib/cli/command";
import { doctor } from "@/lib/cli/doctor";
import { lettersList, lettersRetry } from "@/lib/cli/letters";
import { auditCommands, backupCommands } from "@/lib/cli/night-commands";
import { passkeys } from "@/lib/cli/passkeys";
import { passkeysVouch } from "@/lib/cli/passkeys-vouch";
import { pendingList, pendingShow, pendingVeto } from "@/lib/cli/pending";
import { peopleAdd } from "@/lib/cli/people-add";
import { peopleDisable } from "@/lib/cli/people-disable";
import { peopleEmail } from "@/lib/cli/people-email";
import { peopleEnable } from "@/lib/cli/people-enable";
import { peopleInvite } from "@/lib/cli/people-invite";
import { peopleList } from "@/lib/cli/people-list";
import { peoplePhone } from "@/lib/cli/people-phone";
import { peoplePolicy } from "@/lib/cli/people-policy";
import { peopleResetFactors } from "@/lib/cli/people-reset-factors";
import { peopleSessions } from "@/lib/cli/people-sessions";
import { peopleUnlock } from "@/lib/cli/people-unlock";
import { rotateKeysCommand } from "@/lib/cli/rotate-keys";
import { sendTest } from "@/lib/cli/send-test";
import { setupLink } from "@/lib/cli/setup-link";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  peopleAdd,
  peopleList,
  peopleInvite,
  peopleEmail,
  peoplePhone,
  peoplePolicy,
  peopleUnlock,
  peopleResetFactors,
  passkeysVouch, // before the shorter name that it begins with
  passkeys,
  pendingList,
  pendingShow,
  pendingVeto,
  peopleSessions,
  peopleDisable,
  peopleEnable,
  appsAdd,
  appsList,
  appsChange,
  appsRemove,
  setupLink,
  doctor,
  check,
  ...backupCommands,
  rotateKeysCommand,
  ...auditCommands,
  sendTest,
  lettersRetry, // before the shorter name that it begins with
  lettersList,
];
