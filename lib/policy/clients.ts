/** The API client that this portal itself is: its own pages. Every other one is an app, a relying party. */
export const portalClient = "portal";
