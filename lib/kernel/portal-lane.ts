/** The lane of the portal's own pages. No app can have this id. */
export const portalLane = "portal";
