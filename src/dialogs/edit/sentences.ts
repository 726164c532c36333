import type { ASTNode } from '@marcbachmann/cel-js';
import { astOf } from '../expressions';

/**
 * Conditions as people read them: clauses about one thing each, joined by one word. What has another shape stays as it is
 * written; so does what would not be written back letter by letter.
 */
export type Relation =
  | 'is'
  | 'is-not'
  | 'is-known'
  | 'is-unknown'
  | 'is-true'
  | 'is-false'
  | 'holds'
  | 'holds-not'
  | 'is-said'
  | 'at-least'
  | 'at-most'
  | 'more-than'
  | 'less-than';

export interface Clause {
  /** A path such as `slots.test.verdict`; of `is-said` the name of what is said. */
  subject: string;
  relation: Relation;
  /** What is compared with; null where the relation says it all. */
  value: string | number | null;
}

export interface Sentence {
  join: 'and' | 'or';
  clauses: Clause[];
}

const SIGNS: Partial<Record<Relation, string>> = {
  is: '==',
  'is-not': '!=',
  'at-least': '>=',
  'at-most': '<=',
  'more-than': '>',
  'less-than': '<',
};
const RELATIONS = new Map(Object.entries(SIGNS).map(([name, sign]) => [sign, name as Relation]));

/** Relations that need a value. */
export const comparesWith = (relation: Relation): boolean => SIGNS[relation] !== undefined;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function printClause({ subject, relation, value }: Clause): string {
  switch (relation) {
    case 'is-known':
      return `${subject} != null`;
    case 'is-unknown':
      return `${subject} == null`;
    case 'is-true':
      return `${subject} == true`;
    case 'is-false':
      return `${subject} == false`;
    case 'holds':
      return subject;
    case 'holds-not':
      return `!${subject}`;
    case 'is-said':
      return `${quoted(subject)} in news`;
    case 'is':
    case 'is-not':
    case 'at-least':
    case 'at-most':
    case 'more-than':
    case 'less-than':
      return `${subject} ${SIGNS[relation]} ${typeof value === 'number' ? value : quoted(value ?? '')}`;
  }
}

/** The expression that a sentence stands for. */
export const printSentence = ({ join, clauses }: Sentence): string =>
  clauses.map(printClause).join(join === 'and' ? ' && ' : ' || ');

function pathOf(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return null;
  const above = pathOf(node.args[0]);
  return above === null ? null : `${above}.${node.args[1]}`;
}

function clauseOf(node: ASTNode): Clause | null {
  if (node.op === 'in') {
    const [said, where] = node.args;
    const isNews = where.op === 'id' && where.args === 'news';
    const isName = said.op === 'value' && typeof said.args === 'string';
    return isNews && isName ? { subject: String(said.args), relation: 'is-said', value: null } : null;
  }
  if (node.op === '!_') {
    const subject = pathOf(node.args);
    return subject === null ? null : { subject, relation: 'holds-not', value: null };
  }
  const whole = pathOf(node);
  if (whole !== null) return { subject: whole, relation: 'holds', value: null };
  const relation = RELATIONS.get(node.op);
  return relation ? comparison(node.args as ASTNode[], relation) : null;
}

function comparison([left, right]: ASTNode[], relation: Relation): Clause | null {
  const subject = left ? pathOf(left) : null;
  if (subject === null || right?.op !== 'value') return null;
  const value: unknown = right.args;
  if (typeof value === 'string') return { subject, relation, value };
  if (typeof value === 'bigint' || typeof value === 'number')
    return { subject, relation, value: Number(value) };
  if (value === null && relation === 'is') return { subject, relation: 'is-unknown', value: null };
  if (value === null && relation === 'is-not') return { subject, relation: 'is-known', value: null };
  if (typeof value === 'boolean' && relation === 'is')
    return { subject, relation: value ? 'is-true' : 'is-false', value: null };
  return null;
}

const flat = (node: ASTNode, op: string): ASTNode[] =>
  node.op === op ? (node.args as ASTNode[]).flatMap((part) => flat(part, op)) : [node];

/** The sentence that an expression is; null for one that is better read as it is written. */
export function readSentence(text: string): Sentence | null {
  let ast: ASTNode;
  try {
    ast = astOf(text);
  } catch {
    // While it is being written it may be none yet.
    return null;
  }
  const join = ast.op === '||' ? 'or' : 'and';
  const clauses = flat(ast, join === 'or' ? '||' : '&&').map(clauseOf);
  if (!clauses.every((clause) => clause !== null)) return null;
  const sentence: Sentence = { join, clauses };
  return printSentence(sentence) === text ? sentence : null;
}
