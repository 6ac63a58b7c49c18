import type { Rule } from "@/lib/testing/floor-plan";

/** A directive as code has it; one that begins a file makes actions of its exports, and those close over the file alone. */
const directives = /["']use (?:server|cache)\b/g;

/** What is bound to an action travels in the page, in the open, and comes back as whatever a stranger sends. */
const boundActions = /\b(?:\w+A|a)ction\s*\??\.\s*bind\(/g;

/**
 * No server action closes over a value, and none is bound to one. Next seals what an action within a function closes over with the key of the build,
 * and that key is everybody's here (next.config.js): a secret in a closure would be readable to whoever draws the page, and forged by them.
 */
export const actionsCloseOverNothing: Rule = (files) =>
  [...files].flatMap(([path, text]) => {
    if (path.startsWith("lib/testing/")) return [];
    const inner = [...text.trim().matchAll(directives)].filter(
      ({ 0: found, index }) => index > 0 || found.endsWith("cache"),
    );
    const bound = [...text.matchAll(boundActions)].map(([call]) => `${path} binds an action: ${call}`);
    return [...inner.map(([found]) => `${path} closes over something: ${found.slice(1)}`), ...bound];
  });
