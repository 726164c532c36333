import { createHash } from 'node:crypto';
import type { Activity, Locale } from '../../contract/activity';
import { type AppPush, appPushSchema } from '../../contract/app-push';
import type { ConversationState } from '../../contract/conversation';
import type { TurnStore } from '../../turns/turn-store';
import { upcastState } from '../../turns/upcast';
import { type FindEntities, pushText } from './mask-text';
import { countOf } from './plan/decide';
import type { Push, PushRecord } from './plan/record';
import type { AppPushSettings } from './settings';

export interface ComposeDependencies {
  store: Pick<TurnStore, 'readLog' | 'readState'>;
  settings: Pick<AppPushSettings, 'hasText' | 'titles'>;
  /** Finds what is personal in a text. */
  findEntities: FindEntities;
}

/** A picture or a file says nothing by itself. */
const WITHOUT_WORDS: Record<Locale, string> = { zh: '您有一条新消息', en: 'You have a new message' };

const hash = (text: string, length: number) =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

/** Names that must not be seen on a locked screen. */
const namesOf = (state: ConversationState | null): string[] =>
  [
    state?.user.name,
    state?.customer?.name,
    state?.customer?.record?.name,
    state?.customer?.record?.address,
  ].filter((name) => typeof name === 'string');

const localeOf = ({ locale }: Activity): Locale => (locale?.startsWith('en') ? 'en' : 'zh');

/** The record with its next push, which is yet to be sent. */
export async function compose(
  { store, settings, findEntities }: ComposeDependencies,
  conversationId: string,
  event: Push['event'],
  { record, now }: { record: PushRecord; now: number },
): Promise<{ record: PushRecord; push: Push }> {
  const sequence = record.sequence + 1;
  const common = {
    key: `push-${hash(`${conversationId}\0${sequence}`, 27)}`,
    conversationId,
    userId: record.userId,
    collapseKey: `chat-${hash(conversationId, 27)}`,
    sequence,
    createdAt: new Date(now).toISOString(),
  };
  const push = (upTo: number, body: AppPush): Push => ({
    key: common.key,
    event,
    upTo,
    count: body.count,
    body: JSON.stringify(appPushSchema.parse(body)),
    createdAt: now,
    state: 'waiting',
    sends: 0,
    uncertainSends: 0,
  });
  const next = { ...record, sequence };
  if (event === 'withdraw') {
    return { record: next, push: push(record.shownTo, { event, ...common, count: 0 }) };
  }
  const newest = record.items.at(-1);
  const upTo = newest?.position ?? 0;
  const [line] = await store.readLog(conversationId, upTo - 1, 1);
  const locale = line ? localeOf(line.activity) : 'zh';
  const state = settings.hasText ? upcastState(await store.readState(conversationId)) : null;
  const isRecalled = state?.recalled?.includes(upTo) ?? false;
  const words = (!isRecalled && line?.activity.text) || WITHOUT_WORDS[locale];
  const body: AppPush = {
    event,
    ...common,
    count: countOf(record),
    title: settings.titles[locale],
    text: settings.hasText ? pushText(words, namesOf(state), findEntities) : null,
    locale,
    link: { conversationId, orderNumber: newest?.orderNumber ?? null },
  };
  return { record: next, push: push(upTo, body) };
}
