import { activityOf, type Render } from '../../src/channels/renderings';
import type { Reply } from '../../src/contract/dialog';

const bare = (text: string): string => text.replace(/\s+/gu, '');
/** Nothing that a channel without markup would show as signs. */
const MARKUP =
  /(?<![*\w])\*\*[^*\s][^*]*\*\*(?!\*)|(?<!\w)__\w+__|```|^#{1,6} |\[[^\]]+\]\([^)]+\)|<\/?[a-z]+>/mu;

/** What is lost or broken of a reply in a rendering. */
export function renderingProblems(reply: Reply, render: Render): string[] {
  const { texts, taps, broken } = render(activityOf(reply));
  const read = texts.join('\n');
  const numbers = reply.quickReplies.map((option, i) => `${i + 1}. ${option}`);
  const isReachable = (i: number): boolean =>
    taps[i] === reply.quickReplies[i] || read.split('\n').includes(numbers[i] ?? '');
  const whole = [reply.text, ...(taps.length > 0 ? [] : numbers)].join('\n');
  return [
    ...broken,
    ...(bare(read) === bare(whole) ? [] : [`shows "${read}"`]),
    ...reply.quickReplies.flatMap((option, i) => (isReachable(i) ? [] : [`"${option}" cannot be chosen`])),
    ...(MARKUP.test(reply.text) ? ['has markup'] : []),
    ...(textsOverlap(reply.quickReplies) ? ['two choices read the same'] : []),
  ];
}

const textsOverlap = (options: string[]): boolean => new Set(options.map(bare)).size < options.length;

/** The number that a customer types for a choice that is shown in a line. */
export const typedNumbers = ({ quickReplies }: Reply): string[] => quickReplies.map((_, i) => String(i + 1));
