import type { Locale } from '../contract/activity';
import type { ContentProblem } from '../contract/problem';
import type { FactTables } from '../contract/tables';
import { messageOf } from '../errors';
import { type CopyText, findCopyFaults } from './copy-rules';
import { lintArticles } from './knowledge/lint-articles';
import { type DialogSources, loadDialogs } from './load';
import { parseFile, type Report } from './parse-file';
import type { PatternName } from './pattern-names';
import { type Dialog, dialogSchema, patternsSchema } from './schema';
import { REFUSALS } from './slots/load-refusals';
import { refusalWordsSchema } from './slots/refusal-words';
import { longestFacts } from './tables/longest-facts';
import { renderText } from './texts';

/** A text in both languages, the way to it, and what it is. */
interface Copy {
  path: PropertyKey[];
  zh: string;
  en: string;
  kind: CopyText['kind'];
  isLong: boolean;
}

/** 24 November 2026, 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 24, 2);
const PROMISE = NOW + 50 * 3600_000;

/** Long but likely values for what patterns speak of. */
const patternSample = (names: { zh: string; en: string }[], locale: Locale): Record<string, unknown> => {
  const longest = names.map((name) => name[locale]).reduce((a, b) => (b.length > a.length ? b : a), '');
  return {
    dialog: longest,
    intent: longest,
    first: longest,
    second: longest,
    words: longest,
    answer:
      locale === 'zh'
        ? '携号转网前要结清欠费，靓号和合约没到期的号码不能携转。携入后120天内不能再次携转。'
        : 'Before you port a number all bills must be paid, and its contract must have ended. It cannot be ported again within 120 days.',
    sources: locale === 'zh' ? '工信部《携号转网服务管理规定》' : 'rules on number portability',
    slot: locale === 'zh' ? '联系电话' : 'installation address',
    value:
      locale === 'zh'
        ? '建邺区江东中路266号12栋3单元1201室'
        : '266 Jiangdong Middle Road, building 12, room 1201',
    channel: locale === 'zh' ? '企业微信' : 'another channel',
    source: locale === 'zh' ? '家庭宽带自助指南' : 'Home broadband guide',
    areas: '',
    agent: locale === 'zh' ? '王晓明（0251 号）' : 'Wang Xiaoming (0251)',
    order: { number: 'F26112405KG2M8QXA', promiseAt: PROMISE, status: 'assigned' },
    newAt: PROMISE + 4 * 3600_000,
    untilAt: PROMISE,
    expectedAt: PROMISE,
    cause: locale === 'zh' ? '主干光缆被道路施工挖断' : 'Roadworks have cut the main cable of the estate',
    reason: locale === 'zh' ? '联系不上客户' : 'the customer asked for another time',
    isDisputable: true,
    ahead: 128,
    minutes: 150,
    opensAt: PROMISE,
  };
};

const kindOf = (path: PropertyKey[]): Copy['kind'] | null => {
  const named = path.findLast((part) => typeof part === 'string');
  const at = path.indexOf('suggestions');
  if (named === 'label' || at >= 0) return 'label';
  if (named === 'name') return 'name';
  // Summaries are for whoever works on the order.
  return named === 'summary' ? null : 'bubble';
};

/** Every text below a value that a customer may read; variants of channels are as long as what they stand for. */
function copiesOf(value: unknown, path: PropertyKey[] = [], isLong = false): Copy[] {
  if (typeof value !== 'object' || value === null || path.at(-1) === 'samples') return [];
  const record = new Map(Object.entries(value));
  const [zh, en] = [record.get('zh'), record.get('en')];
  const isLongHere = isLong || record.get('bubble') === 'long';
  const kind = kindOf(path);
  const own: Copy[] =
    typeof zh === 'string' && typeof en === 'string' && kind
      ? [{ path, zh, en, kind, isLong: isLongHere }]
      : [];
  const below = [...record].flatMap(([key, part]) =>
    copiesOf(part, [...path, Array.isArray(value) ? Number(key) : key], isLongHere),
  );
  return [...own, ...below];
}

/** The same fault of the same text is told once, however many samples show it. */
function reportFaults(copy: Copy, locale: Locale, samples: Record<string, unknown>[], report: Report): void {
  const told = new Set<string>();
  for (const sample of samples) {
    let text: string;
    try {
      text = renderText(copy[locale], { locale, ...sample }, { locale, timeZone: 'Asia/Shanghai', now: NOW });
    } catch (error) {
      report([...copy.path, locale], messageOf(error), 'mend the text');
      return;
    }
    for (const { rule, message, remedy } of findCopyFaults({
      text,
      locale,
      kind: copy.kind,
      isLong: copy.isLong,
    })) {
      if (told.has(rule)) continue;
      told.add(rule);
      report([...copy.path, locale], `${rule}: ${message}`, remedy);
    }
  }
}

const LOCALES = ['zh', 'en'] as const;

/** A dialog's texts are seen with each of its samples, and with nothing filled at all. */
function samplesOf(
  dialog: Dialog,
  names: DialogSources['intentNames'],
  locale: Locale,
): Record<string, unknown>[] {
  const empty = Object.fromEntries(Object.keys(dialog.slots).map((name) => [name, null]));
  const intents = dialog.intents.length > 0 ? dialog.intents : [''];
  const intentNames = intents.map((intent) => names.get(intent)?.[locale] ?? null);
  return [{}, ...dialog.samples].flatMap((slots) =>
    intents.map((intent, i) => ({
      slots: { ...empty, intent, ...slots },
      intentName: intentNames[i],
      orders: [],
      isStaffed: i % 2 === 0,
      now: NOW,
    })),
  );
}

/** Judges every text that customers can read. Content that does not load is reported as such. */
export function lintCopy(sources: DialogSources): ContentProblem[] {
  const { set, problems, warnings } = loadDialogs(sources);
  if (!set) return [...problems, ...warnings];
  // What ships has both languages.
  const missing = warnings.filter(({ path }) => path.endsWith('.en'));
  const found: ContentProblem[] = [...missing, ...lintArticles(set.articles, set.facts)];
  for (const [file, text] of Object.entries(sources.files)) {
    if (file === 'patterns.yaml') lintPatterns(text, sources, found);
    else if (file === REFUSALS) lintRefusals(text, found);
    else lintDialog(file, text, { ...sources, facts: set.facts }, found);
  }
  lintNames(sources, found);
  return found;
}

function lintDialog(
  file: string,
  text: string,
  { intentNames, facts }: DialogSources & { facts: FactTables },
  found: ContentProblem[],
): void {
  const { value, report } = parseFile(file, text, dialogSchema, found, { warnings: [] });
  if (!value) return;
  for (const copy of copiesOf(value)) {
    for (const locale of LOCALES) {
      const said = longestFacts(facts, locale);
      const samples = samplesOf(value, intentNames, locale).map((sample) => ({ ...sample, facts: said }));
      reportFaults(copy, locale, samples, report);
    }
  }
}

/** With the longest names and the numbers that customers will see. */
function lintRefusals(text: string, found: ContentProblem[]): void {
  const { value, report } = parseFile(REFUSALS, text, refusalWordsSchema, found);
  if (!value) return;
  const copies = copiesOf(value).filter(({ path }) => !path.includes('example'));
  for (const copy of copies) {
    for (const locale of LOCALES) {
      const names = Object.values(value.kinds).map(({ name }) => name[locale]);
      const longest = names.reduce((a, b) => (b.length > a.length ? b : a), '');
      const sample = {
        off: 2,
        found: longest,
        wanted: longest,
        example: value.kinds.address?.example?.[locale],
      };
      reportFaults(copy, locale, [sample], report);
    }
  }
}

function lintPatterns(text: string, { intentNames }: DialogSources, found: ContentProblem[]): void {
  const { value, report } = parseFile('patterns.yaml', text, patternsSchema, found, { warnings: [] });
  if (!value) return;
  const names = [...intentNames.values()];
  for (const copy of copiesOf(value)) {
    const name = copy.path[0] as PatternName;
    for (const locale of LOCALES) {
      const sample = patternSample(names, locale);
      const entity = name === 'corrected' ? [{ ...sample, entity: 'phone', value: '13800138000' }] : [];
      const samples = [{ ...sample, isStaffed: true }, { ...sample, isStaffed: false }, ...entity];
      reportFaults(copy, locale, samples, report);
    }
  }
}

/** Names of intents are shown when two are close. */
function lintNames({ intentNames }: DialogSources, found: ContentProblem[]): void {
  for (const [intent, name] of intentNames) {
    for (const locale of LOCALES) {
      for (const { rule, message, remedy } of findCopyFaults({
        text: name[locale],
        locale,
        kind: 'label',
        isLong: false,
      })) {
        found.push({
          file: `${intent}.yaml`,
          line: 1,
          path: `name.${locale}`,
          message: `${rule}: ${message}`,
          remedy,
        });
      }
    }
  }
}
