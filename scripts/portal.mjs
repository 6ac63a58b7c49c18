import "./check-node.mjs";

import("./commands/portal.mjs");
