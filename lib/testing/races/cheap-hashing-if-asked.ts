import { policy } from "@/lib/policy/policy";

/** As `lib/testing/cheap-hashing`, where the command line asks for it: what is raced for is judged outside every transaction, and takes longest. */
if (process.argv.includes("--cheap-hashing")) Object.assign(policy.password.argon2, { memoryCost: 8, timeCost: 1 });
