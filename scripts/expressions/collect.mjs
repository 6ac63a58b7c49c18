import { relative } from "node:path";
import { isCallExpression, isIdentifier, isNewExpression, isRegularExpressionLiteral } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";
import { root } from "../run-step.mjs";

/**
 * Every regular expression that is written out in the files of a TypeScript project, once each, with the first place where it stands; and the
 * places where one is put together at run time, which nobody can judge beforehand. In: the project's configuration file.
 */
export function collectExpressions(project) {
  const found = { literals: new Map(), made: [] };
  const api = new API({ cwd: root });
  try {
    const { program } = api.updateSnapshot({ openProject: project }).getProjects()[0];
    for (const name of program.getSourceFileNames()) look(program.getSourceFile(name), relative(root, name), found);
  } finally {
    api.close();
  }
  return found;
}

function look(file, name, found) {
  const placeOf = (node) => `${name}:${file.text.slice(0, node.end).split("\n").length}`;
  const visit = (node) => {
    if (isRegularExpressionLiteral(node)) {
      if (!found.literals.has(node.text)) found.literals.set(node.text, placeOf(node));
    } else if (makesOne(node)) found.made.push(placeOf(node));
    node.forEachChild(visit);
  };
  visit(file);
}

/** `new RegExp(…)` and `RegExp(…)`. */
const makesOne = (node) =>
  (isNewExpression(node) || isCallExpression(node)) &&
  isIdentifier(node.expression) &&
  node.expression.text === "RegExp";
