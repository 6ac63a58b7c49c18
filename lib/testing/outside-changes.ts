import {
  type CallExpression,
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isNonNullExpression,
  isParameterDeclaration,
  isParenthesizedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
} from "typescript/unstable/ast";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { API } from "typescript/unstable/sync";
import type { Rule } from "@/lib/testing/floor-plan";
import type { Sources } from "@/lib/testing/source-files";

/**
 * The work of a transaction changes nothing outside it: a lost one is run again from its beginning, and what the first run has left behind would count
 * twice. So no work assigns to what was made outside, calls nothing there that changes it, and never uses the outer context where it was handed one of its
 * own. What it makes itself it may change; what waits for the commit goes through `tx.afterCommit`. A name that a work gives away and changes under
 * another is not seen, nor is what a function elsewhere does with an argument: for that the histories are played with every commit lost once.
 */
export const worksStayInside: Rule = (files) => {
  const asked = new Map([...files].filter(([path, text]) => isOfTheHouse(path) && opens.test(text)));
  return asked.size === 0 ? [] : parsed(asked, (path, file) => worksOf(file).flatMap((call) => wrongIn(path, call)));
};

const opens = /\bin(?:Short)?Transaction\(/;
const isOfTheHouse = (path: string) => !path.startsWith("lib/testing/") && path !== "lib/context/context.ts";

/** Hands the syntax of every file to `look`; nothing is resolved and no type is asked for. */
function parsed(files: Sources, look: (path: string, file: Node) => string[]): string[] {
  const at = (path: string) => `/house/${path}`;
  const settings = {
    compilerOptions: { noLib: true, noResolve: true, types: [], jsx: "preserve" },
    files: [...files.keys()],
  };
  const texts = [...files].map(([path, text]) => [at(path), text] as const);
  const fs = createVirtualFileSystem({
    ...Object.fromEntries(texts),
    [at("tsconfig.json")]: JSON.stringify(settings),
  });
  const api = new API({ cwd: "/house", fs });
  try {
    const program = api.updateSnapshot({ openProject: at("tsconfig.json") }).getProjects()[0]?.program;
    return [...files.keys()].flatMap((path) => {
      const file = program?.getSourceFile(at(path));
      return file ? look(path, file) : [`${path} cannot be read`];
    });
  } finally {
    api.close();
  }
}

const isWork = (node: Node): node is CallExpression =>
  isCallExpression(node) &&
  isIdentifier(node.expression) &&
  /^in(?:Short)?Transaction$/.test(node.expression.text) &&
  node.arguments.length === 2;

const worksOf = (file: Node): CallExpression[] => all(file).filter(isWork);

function wrongIn(path: string, { arguments: [context, work] }: CallExpression): string[] {
  if (!work || !(isArrowFunction(work) || isFunctionExpression(work)))
    return [`${path} hands over a work that stands elsewhere`];
  const nodes = all(work);
  const own = new Set(nodes.flatMap(declaredBy));
  const outer = context && isIdentifier(context) && !own.has(context.text) ? context.text : null;
  const changed = nodes.flatMap(changedBy).filter((name) => !own.has(name));
  const used = outer !== null && nodes.some((node) => isIdentifier(node) && node.text === outer && !isMere(node));
  return [
    ...changed.map((name) => `${path} changes ${name}, which was made outside its transaction`),
    ...(used ? [`${path} uses ${outer} inside the transaction that it opened`] : []),
  ];
}

/** The name of a property is no variable: `a.ctx`, `{ ctx: 1 }`. */
function isMere(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  return parent.kind === SyntaxKind.PropertyAssignment && "name" in parent && parent.name === node;
}

/** The names that a node brings into being. */
function declaredBy(node: Node): string[] {
  const isOne =
    isVariableDeclaration(node) ||
    isParameterDeclaration(node) ||
    isBindingElement(node) ||
    isFunctionDeclaration(node);
  return isOne && node.name && isIdentifier(node.name) ? [node.name.text] : [];
}

const counting: readonly SyntaxKind[] = [SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken];
const changing = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|append)$/;

/** The names whose values a node changes. */
function changedBy(node: Node): string[] {
  if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind)) return assignedBy(node.left);
  if (isDeleteExpression(node)) return rootsOf(node.expression);
  const isCount = isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node);
  if (isCount && counting.includes(node.operator)) return rootsOf(node.operand);
  const called = isCallExpression(node) ? node.expression : null;
  return called && isPropertyAccessExpression(called) && changing.test(called.name.text)
    ? rootsOf(called.expression)
    : [];
}

/** Of a pattern all names that stand in it. */
function assignedBy(target: Node): string[] {
  const isPattern =
    target.kind === SyntaxKind.ArrayLiteralExpression || target.kind === SyntaxKind.ObjectLiteralExpression;
  return isPattern ? all(target).flatMap((node) => (isIdentifier(node) ? [node.text] : [])) : rootsOf(target);
}

/** The variable at the bottom of what is changed. What a call gives, and a list that is written out, is fresh. */
function rootsOf(target: Node): string[] {
  if (isIdentifier(target)) return [target.text];
  const isPath = isPropertyAccessExpression(target) || isElementAccessExpression(target);
  if (isPath || isNonNullExpression(target) || isParenthesizedExpression(target)) return rootsOf(target.expression);
  return target.kind === SyntaxKind.ThisKeyword ? ["this"] : [];
}

/** A node and everything below it. */
function all(node: Node): Node[] {
  const below: Node[] = [];
  node.forEachChild((child) => {
    below.push(...all(child));
  });
  return [node, ...below];
}
