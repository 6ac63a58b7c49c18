import { policy } from "@/lib/policy/policy";

/**
 * Passwords and recovery codes are hashed with the least work that the algorithm allows: what is tested here is who may, how often and when,
 * and a hash at today's costs is twenty milliseconds of a processor. Imported before everything else, because the costs are read when the
 * hashing room is loaded. What today's costs are, and that every hash has them, `lib/crypto/hashing.test.ts` asks a room loaded without this.
 */
Object.assign(policy.password.argon2, { memoryCost: 8, timeCost: 1 });
