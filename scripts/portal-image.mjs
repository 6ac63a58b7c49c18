import "./check-node.mjs";

import("./commands/portal-image.mjs");
