import type { Understanding } from '../contract/understanding';
import { render, type Turn } from './turn';

const HUMAN = { zh: '转人工', en: 'A human' } as const;

/**
 * Says what a language model wrote from the knowledge, marked as such and with its sources; a human is one tap away.
 * False when it wrote nothing.
 */
export function sayModelAnswer(turn: Turn, { advice }: Understanding): boolean {
  if (advice?.type !== 'answer') return false;
  const { locale } = turn.state;
  const titles = new Set(advice.sources.map(({ source }) => source));
  const sources = [...titles].join(locale === 'zh' ? '、' : '; ');
  const text = render(turn, turn.set.patterns['model-answer'], { answer: advice.text, sources });
  turn.replies.push({ text, quickReplies: [HUMAN[locale]], writtenBy: 'model' });
  return true;
}
