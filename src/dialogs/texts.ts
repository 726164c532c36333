import { Liquid, type Template } from 'liquidjs';
import { z } from 'zod';
import type { Locale } from '../contract/activity';
import { AppError, messageOf } from '../errors';
import { speakDay, speakTime, speakWindow, type TimeContext, wallParts } from '../speak-time';
import type { LocalizedText } from './schema';

/** Templates see own properties only, and no file of ours: every tag that loads another template is off. */
const engine = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  templates: {},
  // A text that is made to run long ends with an error before anybody notices.
  parseLimit: 20_000,
  memoryLimit: 100_000,
  // Milliseconds of the wall clock: on a busy machine a good text may be held up for a tenth of a second.
  renderLimit: 1000,
});
/** Of our engine's own tags only those that write, choose and walk a list. */
for (const tag of ['include', 'render', 'layout', 'block', 'tablerow', 'increment', 'decrement', 'cycle'])
  delete engine.tags[tag];
const parsed = new Map<string, Template[]>();
const PARSED_LIMIT = 5000;

export type TextContext = TimeContext;

const maskPhone = (value: unknown): string => String(value ?? '').replace(/^(\d{3})\d+(\d{4})$/, '$1****$2');

/** "王芳" → "王*": whose name it is sees that we know it, and nobody else learns it. */
const maskName = (value: unknown): string => String(value ?? '').replace(/^(.).+$/u, '$1*');

/** Road and building without the room. */
const maskRoom = (value: unknown): string => String(value ?? '').replace(/\d{2,}(室|房)?$/u, '***');

const contexts = new WeakMap<object, TextContext>();

engine.registerFilter('phone', maskPhone);
engine.registerFilter('person', maskName);
engine.registerFilter('place', maskRoom);
engine.registerFilter('clock', function (at: unknown) {
  const context = contexts.get(this.context.environments);
  const { hour, minute } = wallParts(Number(at), context?.timeZone ?? 'UTC');
  return `${hour}:${minute}`;
});
engine.registerFilter('moment', function (at: unknown) {
  const context = contexts.get(this.context.environments);
  return context ? speakTime(Number(at), context) : '';
});

/** A day without an hour: "12月31日". */
engine.registerFilter('day', function (at: unknown) {
  const context = contexts.get(this.context.environments);
  return context && Number.isFinite(at) ? speakDay(Number(at), context) : '';
});

const windowSchema = z.object({ startAt: z.number(), endAt: z.number() });

/** A visit as it is spoken of: "今天 14:00–16:00". */
engine.registerFilter('window', function (visit: unknown) {
  const context = contexts.get(this.context.environments);
  const parsed = windowSchema.safeParse(visit);
  return context && parsed.success ? speakWindow(parsed.data, context) : '';
});

/** Throws with Liquid's message when the text is no template. */
export function parseText(text: string): Template[] {
  const found = parsed.get(text);
  if (found) return found;
  const template = engine.parse(text);
  if (parsed.size >= PARSED_LIMIT) parsed.clear();
  parsed.set(text, template);
  return template;
}

const paths = new Map<string, (string | null)[][]>();

/**
 * The ways into a variable that a template reads, such as `['fees', 'visit', 'price']` of `facts`; null for a part that is
 * worked out. None for a text that is no template.
 */
export function pathsIn(text: string, variable: string): (string | null)[][] {
  if (!text.includes(variable) || isPlainText(text)) return [];
  const key = `${variable}\0${text}`;
  const known = paths.get(key);
  if (known) return known;
  const found = readPaths(text).flatMap(([first, ...rest]) =>
    first === variable ? [rest.map((part) => (typeof part === 'string' ? part : null))] : [],
  );
  if (paths.size >= PARSED_LIMIT) paths.clear();
  paths.set(key, found);
  return found;
}

function readPaths(text: string): unknown[][] {
  try {
    return engine.globalVariableSegmentsSync(parseText(text), { partials: false });
  } catch {
    // No template: whoever parses it says so.
    return [];
  }
}

/** Most texts have nothing to fill in. */
export const isPlainText = (text: string): boolean => !text.includes('{');

/** Fills in a template; nothing of the variables is read as a template in turn. Throws `bad-content`. */
export function renderText(text: string, variables: Record<string, unknown>, context: TextContext): string {
  if (isPlainText(text)) return text.trim();
  const environments = { ...variables };
  contexts.set(environments, context);
  try {
    return String(engine.renderSync(parseText(text), environments)).trim();
  } catch (error) {
    const reason = messageOf(error).split('\n')[0];
    throw new AppError('bad-content', `A text could not be filled in: ${reason}`, { cause: error });
  }
}

/** The words for a language and a channel. */
export function wordsOf(text: LocalizedText, locale: Locale, channel: string): string {
  const variants: Partial<Record<string, { zh: string; en: string }>> = text.channels ?? {};
  return (variants[channel] ?? text)[locale];
}
