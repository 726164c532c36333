import type { Locale } from '../contract/activity';
import type { LearnableMessage } from '../contract/content-messages';
import { type Dispositions, serviceOfDialog } from '../handoff/dispositions';
import type { FiledSession } from '../records/content/filed-sessions';
import type { SaidSession } from '../records/content/past-sessions';
import { keyOfMessage } from '../records/message-key';
import { maskQuestion } from '../turns/conversation/unanswered';
import type { Understand } from '../understanding/understand';

/**
 * Messages that were taken for something else than they were: by the customer's own next words ("不是，我是要办宽带"),
 * or by what an agent filed the session under. Both are judged by what is served now: what it understands by now is not
 * listed any more. Words are masked as those that were not understood.
 */
export interface Judge {
  understand: Understand;
  /** The dialog that a concern opens. */
  byIntent: ReadonlyMap<string, string>;
}

/** A later word of the customer corrects an earlier one within this time, in ms. */
const SOON_MS = 10 * 60_000;

/** "No, I want to …": the mark goes, what is wanted stays. A bare "no" answers a question as a rule. */
const CORRECTIONS = [
  /^(?:不是|不对|错了|搞错了|弄错了|你(?:理解|听|搞|弄)错了)(?:的|了|啊|呀|吧)?(?:这个|问这个|说这个)?[\s，,。.!！、]*(?=我(?:就|只)?(?:是|要|想|问|指))/u,
  /^(?:我说的是|我问的是|我的意思是|我是说|我是问)[\s，,：:]*/u,
  /^(?:no|nope|wrong|not that)\b[\s,.!-]*(?=i(?:'m| am)?\s+(?:want|need|mean|meant|asked|asking|would)\b)/i,
  /^(?:i meant?|what i mean(?:t)? is|i was asking (?:about|for))\b[\s,:]*/i,
];

/** What the customer wants instead; null for words that correct nothing. */
export function correctedTo(text: string): string | null {
  const bare = text.trim();
  const mark = CORRECTIONS.find((pattern) => pattern.test(bare));
  const rest = mark ? bare.replace(mark, '').trim() : '';
  return rest === '' ? null : rest;
}

type Found = Omit<LearnableMessage, 'count' | 'key'>;
type Said = SaidSession['messages'][number];

/** The concern that a message is taken for now, with the message masked; null for anything else. */
function concernOf(
  judge: Judge,
  { text, at }: Said,
  locale: Locale,
): { intent: string; masked: string } | null {
  const { intents, entities } = judge.understand(text, { now: at, localeHint: locale });
  const intent = intents[0]?.intent;
  if (intent === undefined || !judge.byIntent.has(intent)) return null;
  return { intent, masked: maskQuestion(text, entities) };
}

/** What customers corrected in their next words. */
export function correctionsIn(judge: Judge, { locale, messages }: SaidSession): Found[] {
  return messages.flatMap((after, i) => {
    const before = messages[i - 1];
    const rest = correctedTo(after.text);
    if (!before || rest === null || after.at - before.at > SOON_MS) return [];
    const [taken, meant] = [
      concernOf(judge, before, locale),
      concernOf(judge, { ...after, text: rest }, locale),
    ];
    if (!taken || !meant || taken.intent === meant.intent) return [];
    const { masked: text, intent: understood } = taken;
    return [{ text, locale, lastAt: before.at, understood, chosen: meant.intent, filed: null }];
  });
}

/** The words that led into a dialog, where an agent filed the session under another service. */
export function misfiledIn(
  judge: Judge,
  session: SaidSession,
  { filed, dispositions }: { filed: FiledSession; dispositions: Dispositions },
): Found[] {
  const service = dispositions.services.find(({ id }) => filed.code.startsWith(`${id}/`));
  const taken = serviceOfDialog(dispositions, filed.dialog);
  if (!service?.dialogs || taken === null || taken === service.id) return [];
  const result = service.results.find(({ id }) => filed.code === `${service.id}/${id}`);
  if (!result) return [];
  const { locale } = session;
  for (const message of session.messages) {
    const concern = concernOf(judge, message, locale);
    if (!concern || judge.byIntent.get(concern.intent) !== filed.dialog) continue;
    const { masked: text, intent: understood } = concern;
    const named = {
      zh: `${service.name.zh} · ${result.name.zh}`,
      en: `${service.name.en} · ${result.name.en}`,
    };
    return [{ text, locale, lastAt: message.at, understood, chosen: null, filed: named }];
  }
  return [];
}

/** The same words once, with how often they came; the most frequent first. */
export function countSame(found: readonly Found[]): LearnableMessage[] {
  const byKey = new Map<string, LearnableMessage>();
  for (const one of found) {
    const key = keyOfMessage(one.text);
    if (key === '') continue;
    const same = `${key} ${one.understood} ${one.chosen} ${one.filed?.zh}`;
    const before = byKey.get(same);
    const lastAt = Math.max(one.lastAt, before?.lastAt ?? 0);
    byKey.set(same, { ...one, key, lastAt, count: (before?.count ?? 0) + 1 });
  }
  return [...byKey.values()].sort(
    (a, b) => b.count - a.count || b.lastAt - a.lastAt || (a.key < b.key ? -1 : 1),
  );
}
