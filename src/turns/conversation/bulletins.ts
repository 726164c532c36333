import { concerns, type KnownPlace, knownPlaces } from '../../bulletins/concerns';
import { isBotAnswering, localeOf, speakPattern, type Work } from './work';

/**
 * Tells the emergency bulletins that concern the customer and were not told in this session, before anything else of the
 * turn is said. What there is to tell came with the activity, and what was told stands in the state: a turn that is run
 * again says the same. While a human has the conversation, or it waits for one, the agent sees them instead.
 * `news`: facts of this turn that the state does not hold yet.
 */
export function tellBulletins(work: Work, news: unknown = null): void {
  const { entry, state, content } = work;
  const given = entry.bulletins ?? [];
  if (given.length === 0 || !isBotAnswering(state)) return;
  const told = toldOf(work);
  let known: KnownPlace[] | null = null;
  const places = () => {
    known ??= knownPlaces(state, content, { news, at: entry.at });
    return known;
  };
  const due = given.filter(
    ({ id, ...bulletin }) => !told.includes(id) && concerns(bulletin, state.channel, places),
  );
  for (const { text } of due) speakPattern(work, 'bulletin', { text: text[localeOf(work)] ?? text.zh });
  const ids = [...told, ...due.map(({ id }) => id)];
  if (ids.length > 0) state.bulletins = { sessionId: state.session?.id ?? null, ids };
}

/** The greeting belongs to the session that it leads to. */
function toldOf({ state: { bulletins, session } }: Work): string[] {
  const isOfIt = bulletins && (bulletins.sessionId === null || bulletins.sessionId === session?.id);
  return isOfIt ? bulletins.ids : [];
}
