import "./check-node.mjs";

import("./compile-cache.mjs").then(() => import("./commands/start.mjs"));
