import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run-step.mjs";

const page = "docs/operate.md";
const heading = "### Changing the keys";

/**
 * The steps by which keys are exchanged, as the page has them: for each list of settings its numbered steps in their order, and of each what stands there to be set or typed. Throws where the page has a step that says neither.
 */
export function drillSteps() {
  const chapter = readFileSync(join(root, page), "utf8").split(`${heading}\n`)[1]?.split(/^##/m)[0];
  if (chapter === undefined) throw new Error(`${page} has no chapter "${heading}"`);
  const parts = [...chapter.matchAll(/^\*\*`(PORTAL_KEYS|AUTH_SECRET)`\*\*[\s\S]*?(?=^\*\*`|^Nobody)/gm)];
  const steps = parts.flatMap(([text, about]) =>
    [...text.matchAll(/^(\d)\. ((?:.+\n(?: {3}.+\n)*))/gm)].map(([, number, words]) => {
      const title = words.replace(/\s+/g, " ").trim();
      const does = [...title.matchAll(/`(?:(PORTAL_KEYS|AUTH_SECRET)=([^`]+)|npm run portal -- ([^`]+))`/g)].map(
        ([, setting, value, command]) => ({ setting, value, command }),
      );
      if (does.length === 0) throw new Error(`${page}, ${about} ${number}, says nothing to do: ${title}`);
      return { name: `${about} ${number}: ${title.split(/[.:] /)[0]}`, title, does };
    }),
  );
  if (steps.length < 7) throw new Error(`${page} has ${steps.length} steps under "${heading}", and had seven`);
  return steps;
}
