import { z } from 'zod';
import { entitySchema, type Understanding } from '../contract/understanding';
import { withoutSpans } from './asides';
import { openDialog, openEntities, openIntents } from './open-dialog';
import { fold, readOrdinal } from './read-option';
import type { DialogSet } from './schema';
import { sayPattern, type Turn } from './turn';

/** What a fact that was all that was said may be for. */
export const askedPurposeSchema = z.object({
  type: z.literal('purpose'),
  /** The kind of the fact: `phone`. */
  fact: z.string(),
  /** Known from now on as something that was said; nothing is proven by it. */
  entities: z.array(entitySchema),
});

interface Offer {
  dialog: string;
  intent: string | undefined;
  label: { zh: string; en: string };
}

/** Beside the fact itself nothing but what introduces it: "我的手机号是138…", "帮我查一下 138…". */
const INTRODUCING =
  /我的|我家|我|这个|这是|帮忙|帮|给|查询|查一?下?|看一?下?|本人|联系|手机|电话|宽带|账号|帐号|号码|号|地址|住址|住在|住|在|是|的|\b(?:my|mobile|phone|number|broadband|account|address|is|it's|this|here|i live at|at|check|please)\b|[\s:：,，.。;；!！]/giu;

const offersOf = ({ dialogs }: DialogSet, fact: string): Offer[] =>
  [...dialogs.values()].flatMap(({ id, offeredFor }) => {
    const offer = offeredFor[fact];
    return offer ? [{ dialog: id, intent: offer.intent, label: offer.label }] : [];
  });

const isOnly = (text: string, facts: Understanding['entities']): boolean =>
  withoutSpans(text, facts).replace(INTRODUCING, '') === '';

/**
 * Asks what is wanted of somebody who says a number or a place and nothing else. The fact is kept as it was said: it
 * fills the slots of what follows, and nothing is disclosed for it. False when more, or something else, was said, and
 * when it is settled what it is for: it answered a dialog that begins anew.
 */
export function askPurpose(turn: Turn, understanding: Understanding): boolean {
  if (understanding.intents.some(({ probability }) => probability === 1)) return false;
  const kind = (type: string) => (type === 'address-part' ? 'address' : type);
  const [first] = understanding.entities;
  const fact = kind(first?.type ?? '');
  const entities = openEntities(understanding.entities).filter(({ type }) => kind(type) === fact);
  const offers = offersOf(turn.set, fact);
  if (offers.length < 2 || !isOnly(understanding.text, entities)) return false;
  const { locale } = turn.state;
  const name = turn.set.refusals?.kinds[fact]?.name[locale];
  if (!name) return false;
  turn.state.misunderstood = 0;
  turn.state.clarifying = { type: 'purpose', fact, entities };
  sayPattern(
    turn,
    'what-for',
    { fact: name },
    offers.map(({ label }) => label[locale]),
  );
  return true;
}

/** The answer; false when the message is about something else. */
export function onPurpose(
  turn: Turn,
  { fact, entities }: z.infer<typeof askedPurposeSchema>,
  understanding: Understanding,
): boolean {
  const offers = offersOf(turn.set, fact);
  const said = fold(understanding.text);
  const isNamed = ({ label }: Offer) => [label.zh, label.en].some((words) => said.includes(fold(words)));
  const offer = offers[(readOrdinal(understanding.text) ?? 0) - 1] ?? offers.find(isNamed);
  if (offer) {
    // The number itself is no description of anything.
    const text = offer.label[turn.state.locale];
    const opening = {
      text,
      entities: [...entities, ...understanding.entities],
      isUpset: understanding.isUpset,
    };
    if (offer.intent) openIntents(turn, [offer.intent], opening);
    else openDialog(turn, offer.dialog, opening);
    return true;
  }
  if (understanding.intents[0]?.intent !== 'deny') return false;
  sayPattern(turn, 'closing');
  return true;
}
