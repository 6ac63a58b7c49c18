/** The client that the portal's own pages are. Every other one is an app, and no app can have this id. */
export const portalClient = "portal";
