import "./check-node.mjs";

import("./commands/serve-image.mjs");
