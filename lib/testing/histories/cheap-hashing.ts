import { policy } from "@/lib/policy/policy";

/**
 * Passwords and recovery codes are hashed with the least work that the algorithm allows: a hundred thousand steps have other things to find
 * than it costs. Imported before everything else, because the costs are read when the hashing room is loaded.
 */
Object.assign(policy.password.argon2, { memoryCost: 8, timeCost: 1 });
