import { dayOf } from '../calendar-day';
import { activityOf, type Render, renderings } from '../channels/renderings';
import type {
  ContentPreview,
  PreviewChannel,
  PreviewFacts,
  PreviewRequest,
} from '../contract/content-preview';
import type { ContentProblem } from '../contract/problem';
import { readDialog } from '../dialogs/edit/read-dialog';
import { parseArticle } from '../dialogs/knowledge/parse-article';
import { parseFile } from '../dialogs/parse-file';
import { previewArticle } from '../dialogs/preview-article';
import { previewStep, type StepSaid } from '../dialogs/preview-step';
import { patternsSchema } from '../dialogs/schema';
import { loadTables } from '../dialogs/tables/load-tables';
import { NO_TABLES, type SaidFacts } from '../dialogs/tables/resolve-fact';
import { AppError, messageOf } from '../errors';
import { parseAreas } from '../understanding/entities/address/service-areas';
import { servedPlaces } from './served-places';

const CHANNELS: { channel: PreviewChannel; words: string; render: Render }[] = [
  { channel: 'web', words: 'web', render: renderings.web },
  { channel: 'app', words: 'app', render: renderings.app },
  { channel: 'wechat-menu', words: 'wechat', render: renderings['wechat with a menu'] },
  { channel: 'wechat-text', words: 'wechat', render: renderings['wechat without a menu'] },
  { channel: 'wecom', words: 'wecom', render: renderings['wecom with a menu'] },
];

/** What is to be shown, and when and where it is said. */
export type PreviewTask = PreviewRequest & { now: number; timeZone: string };
type Place = { channel: string; now: number; timeZone: string; said: SaidFacts };
/** Says something on a channel, or why it cannot be said. */
type Saying = { say: (place: Place) => StepSaid[] } | { fault: string };

/** Tables as far as they can be read, and where and when they are said. */
function factsSaid(asked: PreviewFacts | undefined, today: string): SaidFacts {
  if (!asked) return { facts: NO_TABLES, at: { day: today, area: null } };
  const { tables, areas: text, place, day } = asked;
  const { areas } = parseAreas({ 'areas.yaml': text });
  const facts = loadTables(tables, servedPlaces(areas), { problems: [], warnings: [] });
  if (place === null) return { facts, at: { day, area: null } };
  return { facts, at: { day, area: facts.provinceOf.has(place) ? { city: place } : { province: place } } };
}

function stepSaying(text: string, id: string): Saying {
  const { dialog, problems } = readDialog('', text);
  const step = dialog?.steps.find((each) => each.id === id);
  if (!dialog || !step) return { fault: problems[0]?.message ?? `there is no step "${id}"` };
  return { say: (place) => previewStep(dialog, step, place) };
}

function articleSaying(text: string, patternsText: string): Saying {
  const problems: ContentProblem[] = [];
  const parsed = parseArticle('', text, problems);
  const patterns = parseFile('patterns.yaml', patternsText, patternsSchema, problems, { warnings: [] }).value;
  if (!parsed || !patterns) return { fault: problems[0]?.message ?? 'it is no article' };
  return { say: (place) => previewArticle(parsed.article, patterns, place) };
}

/** What customers of each channel would see of a step or an article, by the code that sends it to them. */
export function previewOf({ now, timeZone, facts, ...asked }: PreviewTask): ContentPreview {
  const saying =
    'step' in asked ? stepSaying(asked.text, asked.step) : articleSaying(asked.article, asked.patterns);
  if ('fault' in saying) return { said: [], fault: saying.fault };
  const said = factsSaid(facts, dayOf(now, timeZone));
  try {
    const shown = CHANNELS.flatMap(({ channel, words, render }) =>
      saying.say({ channel: words, now, timeZone, said }).map(({ part, locale, ...reply }) => ({
        part,
        locale,
        channel,
        ...render(activityOf(reply)),
      })),
    );
    return { said: shown, fault: null };
  } catch (error) {
    if (error instanceof AppError) return { said: [], fault: messageOf(error.cause ?? error) };
    throw error;
  }
}
