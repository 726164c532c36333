import type { QualityFinding, QualityFindingKind } from '../../contract/quality';
import type { AgentWords } from '../../handoff/before-sending/agent-words';
import { checkText, findPhrases, type Span } from '../../handoff/before-sending/check-text';
import type { QualityPolicy } from '../policy';
import type { Material, SpokenLine } from './stretch';

export interface WordRules {
  words: AgentWords;
  automatic: QualityPolicy['automatic'];
  /** Finds documents, cards, passwords and codes. */
  findSecrets: (text: string) => Span[];
}

const at = (kind: QualityFindingKind, { position }: SpokenLine, spans: Span[]): QualityFinding[] =>
  spans.slice(0, 1).map(({ from, to }) => ({ kind, position, from, to, seconds: null }));

/** Whether a task stood for what was promised in a line: made in the stretch, and not done before the words. */
const hasTask = ({ tasks }: Material, line: SpokenLine): boolean =>
  tasks.some(({ doneAt }) => doneAt === null || doneAt >= line.at);

/** An agent's line, by the same rules that were shown before it left; the bot's by those that hold for it. */
function wordsOf(material: Material, line: SpokenLine, rules: WordRules): QualityFinding[] {
  const forbidden = rules.words.forbidden.flatMap(({ means, words }) =>
    at(means ?? 'forbidden', line, findPhrases(line.text, words)),
  );
  if (material.kind === 'bot') return forbidden;
  const shown = checkText(line.text, {
    words: { ...rules.words, forbidden: [] },
    findSecrets: rules.findSecrets,
    hasTask: hasTask(material, line),
  });
  const kinds = {
    'personal-data': 'personal-data-sent',
    link: 'unlisted-link',
    promise: 'promise-without-task',
    forbidden: 'forbidden',
  } as const;
  return [...forbidden, ...shown.flatMap((finding) => at(kinds[finding.kind], line, [finding]))];
}

/** Words with a figure about an account, before it was proven who asks. */
function unproven({ provedAt }: Material, line: SpokenLine, rules: WordRules): QualityFinding[] {
  const isProven = provedAt !== null && provedAt <= line.at;
  if (isProven || !/\d/.test(line.text)) return [];
  return at('account-data-unproven', line, findPhrases(line.text, rules.automatic.accountData));
}

/** What was said that should not have been; once a line and kind. */
export function findWords(material: Material, rules: WordRules): QualityFinding[] {
  const own = material.kind === 'human' ? 'agent' : 'bot';
  return material.lines
    .filter(({ role }) => role === own)
    .flatMap((line) => [...wordsOf(material, line, rules), ...unproven(material, line, rules)])
    .filter(
      ({ kind, position }, i, all) =>
        all.findIndex((other) => other.kind === kind && other.position === position) === i,
    );
}
