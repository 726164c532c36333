import { channelIdSchema } from '../../contract/activity';
import { type Article, articleHeadSchema } from '../../contract/knowledge';
import type { ContentProblem } from '../../contract/problem';
import { parseFile } from '../parse-file';
import { replaceFacts } from '../tables/fact-texts';
import { type Section, splitArticle } from './split-article';

/**
 * Articles of `dialogs/knowledge/*.md`. Answers are plain text with line breaks and never templates, but that they may name
 * facts of tables: whoever writes one cannot break a turn, and what is shown is what was found, measured and checked.
 */
type Place = { language: 'zh' | 'en'; channel: string | null };

const CHANNELS: ReadonlySet<string> = new Set(channelIdSchema.options);

function placeOf(title: string): Place | null {
  const [language, channel = null, more] = title.split(/\s+/);
  if ((language !== 'zh' && language !== 'en') || more !== undefined) return null;
  return channel === null || CHANNELS.has(channel) ? { language, channel } : null;
}

const TEMPLATE = /\{\{|\{%/;
/** Marks that some channels would show as they are. */
const MARKUP = /\*\*|__|`|\]\(|^\s*(?:#|>|\|)/m;

/** The words of a problem of a section; null when it is well. */
function faultOf({ title, text }: Section): [message: string, remedy: string] | null {
  if (!placeOf(title))
    return [`"${title || text}" is under no known heading`, 'use "# zh", "# en" or "# zh wechat"'];
  if (text === '') return [`"# ${title}" has no text`, 'write the answer below it'];
  if (TEMPLATE.test(replaceFacts(text, () => '')))
    return [
      'an answer is no template',
      'write what the customer is to read, or a fact as {{ facts.table.key.column }}',
    ];
  if (MARKUP.test(text)) return ['an answer is plain text', 'take the Markdown out: WeChat would show it'];
  return null;
}

type Answer = Article['answer'];

/** The texts by language and channel; null when one of the two languages is missing, which is reported. */
function joinSections(
  sections: Section[],
  report: (line: number, path: string, message: string, remedy: string) => void,
): Answer | null {
  const texts = new Map<string, string>();
  for (const section of sections) {
    const fault = faultOf(section);
    const isTwice = texts.has(section.title);
    if (fault) report(section.line, section.title, ...fault);
    else if (isTwice) report(section.line, section.title, `"# ${section.title}" stands twice`, 'join them');
    texts.set(section.title.split(/\s+/).join(' '), section.text);
  }
  const named = ['', ...CHANNELS].map((channel) => {
    const [zh, en] = ['zh', 'en'].map((language) => texts.get(`${language} ${channel}`.trim()));
    const isWanted = channel === '' || zh !== undefined || en !== undefined;
    if (isWanted && (zh === undefined || en === undefined)) {
      const missing = `${zh === undefined ? 'zh' : 'en'} ${channel}`.trim();
      report(1, missing, `the section "# ${missing}" is missing`, 'write the answer in both languages');
      return null;
    }
    return zh !== undefined && en !== undefined ? { channel, zh, en } : null;
  });
  const [all, ...others] = named;
  if (!all) return null;
  const channels = Object.fromEntries(
    others.flatMap((one) => (one ? [[one.channel, { zh: one.zh, en: one.en }]] : [])),
  );
  return { zh: all.zh, en: all.en, ...(Object.keys(channels).length > 0 ? { channels } : {}) };
}

/** An article, and how to say what is wrong with it. */
export interface ParsedArticle {
  article: Article;
  report: ReturnType<typeof parseFile>['report'];
  /** The line of a section by its title. */
  lineOf: (title: string) => number;
  /** Notes a problem of a section. */
  add: (line: number, path: string, message: string, remedy: string) => void;
}

/** One file; null when it does not hold together. Every problem is added to the list with its line. */
export function parseArticle(file: string, text: string, problems: ContentProblem[]): ParsedArticle | null {
  const { head, sections } = splitArticle(text);
  const add = (line: number, path: string, message: string, remedy: string) =>
    problems.push({ file, line, path, message, remedy });
  if (head === null) {
    add(1, '', 'the front matter is missing', 'begin with a line "---" and end it with another');
    return null;
  }
  const { value, report } = parseFile(file, head, articleHeadSchema, problems, {
    shapes: 'src/contract/knowledge.ts',
  });
  const before = problems.length;
  const answer = joinSections(sections, add);
  if (!value || !answer || problems.length !== before) return null;
  const lineOf = (title: string) =>
    sections.find((each) => each.title.split(/\s+/).join(' ') === title)?.line ?? 1;
  return { article: { ...value, answer }, report, lineOf, add };
}
