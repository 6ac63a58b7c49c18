import { actionDoor } from "@/lib/testing/hostile/action-doors";
import { actions } from "@/lib/testing/hostile/actions";
import { apiDoors } from "@/lib/testing/hostile/api-doors";
import type { Door, Place } from "@/lib/testing/hostile/door";
import { addressesInTree } from "@/lib/testing/hostile/house";
import { headerDoor, healthDoor, pageDoor, strayDoor } from "@/lib/testing/hostile/page-doors";

/** Every place where the portal reads what a stranger sends: actions with and without scripts, pages and routes, the API, addresses of nobody's, and headers. */
export const listDoors = (place: Place): readonly Door[] => [
  ...Object.entries(actions).flatMap(([name, action]) =>
    action.orElse === undefined
      ? actionDoor(place, name, action)
      : [
          actionDoor(place, name, action),
          actionDoor(place, name, { ...action, fields: action.orElse }, "its other form"),
        ],
  ),
  ...apiDoors(),
  ...addressesInTree(place.root).map((address) => pageDoor(place, address)),
  strayDoor,
  headerDoor("headers of a page", "/login"),
  headerDoor("headers of a private page", "/security"),
  headerDoor("headers of the API", "/api/v2/users/me/security-level"),
  healthDoor,
];
