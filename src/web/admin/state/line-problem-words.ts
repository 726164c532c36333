import type { Locale } from '../../../contract/activity';
import type { LineProblem, TalkFault } from '../../../contract/script-problem';
import { lineProblemText } from '../../../rehearsal/line-problem';
import { problemWords } from './problem-words';

type Differs = Extract<LineProblem, { type: 'differs' }>;

const WHAT: Record<Differs['what'], Record<Locale, string>> = {
  intent: { zh: '意图', en: 'the intent' },
  step: { zh: '步骤', en: 'the step' },
  handoff: { zh: '转人工的原因', en: 'the reason for a human' },
  priority: { zh: '转人工的优先级', en: 'the priority' },
  locale: { zh: '语言', en: 'the language' },
  count: { zh: '回复条数', en: 'the number of replies' },
  taps: { zh: '快捷回复', en: 'the quick replies' },
  calls: { zh: '查询办理', en: 'the calls' },
  argument: { zh: '带上的', en: 'the argument' },
  slot: { zh: '信息项', en: 'the slot' },
};
/** Values that mean that nothing is there, as JSON. */
const NOTHING = new Set(['null', 'undefined', '"none"', '[]']);

function valueWords(json: string, locale: Locale): string {
  if (NOTHING.has(json)) return locale === 'zh' ? '没有' : 'none';
  return json.startsWith('"') ? quoted(JSON.parse(json), locale) : json;
}
const quoted = (text: string, locale: Locale): string => (locale === 'zh' ? `“${text}”` : `"${text}"`);

function differsWords({ what, name, wanted, got }: Differs, locale: Locale): string {
  const [should, is] = [valueWords(wanted, locale), valueWords(got, locale)];
  const named = WHAT[what][locale] + (name === null ? '' : ` ${name}`);
  return locale === 'zh' ? `${named}应该是${should}，实际是${is}` : `${named} should be ${should}, is ${is}`;
}

function saidWords(said: string[], locale: Locale): string {
  if (said.length === 0) return locale === 'zh' ? '实际什么都没说' : 'nothing was said';
  return locale === 'zh' ? `实际说的是：${said.join(' / ')}` : `said: ${said.join(' / ')}`;
}

/** What a line of a script lacks, for whoever reads the page. */
export function lineProblemWords(problem: LineProblem, locale: Locale): string {
  const isZh = locale === 'zh';
  switch (problem.type) {
    case 'differs':
      return differsWords(problem, locale);
    case 'missing':
      return `${isZh ? '少了' : 'Missing: '}${quoted(problem.piece, locale)}${isZh ? '，' : '; '}${saidWords(problem.said, locale)}`;
    case 'unwanted':
      return `${isZh ? '不该说' : 'Must not be said: '}${quoted(problem.piece, locale)}${isZh ? '，' : '; '}${saidWords(problem.said, locale)}`;
    case 'no-call':
      return isZh ? '这一行给出查询结果，但没有查询在等' : 'The line ends a call, and none is waiting';
    case 'endless-calls':
      return isZh ? '查询办理一个接一个，停不下来' : 'Calls go on and on';
    case 'no-outcome':
      return isZh
        ? `outcomes.yaml 里没有 ${problem.operation} 的结果“${problem.name}”`
        : `outcomes.yaml has no "${problem.name}" for ${problem.operation}`;
    case 'bad-duration':
      return isZh
        ? `“${problem.text}”不是时长，要写成 5m、2d`
        : `"${problem.text}" is no duration such as 5m or 2d`;
    case 'broken':
      return isZh ? `出错：${problem.message}` : lineProblemText(problem);
  }
}

/** Why a talk with the draft goes no further. */
export function talkFaultWords(fault: TalkFault, locale: Locale): string {
  if (fault.type !== 'content') return lineProblemWords(fault, locale);
  const { file, line } = fault.problem;
  return `${file}:${line} ${problemWords(fault.problem, locale)}`;
}
