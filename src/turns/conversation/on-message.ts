import { z } from 'zod';
import type { Activity } from '../../contract/activity';
import { SEALED_MARKS } from '../../contract/sealed';
import type { Entity, Understanding } from '../../contract/understanding';
import { typedChoice } from '../../dialogs/typed-choice';
import { tellBulletins } from './bulletins';
import { changeOwner, handOver, keepServing } from './change-owner';
import { converse, offerOrder, resume } from './converse';
import { sayStillInLine, wantsCallBack, wantsToLeave } from './handoff/in-line';
import { answerOffer } from './offer';
import { onReturn } from './on-leave';
import { isPushed } from './push';
import { enterSession } from './sessions';
import { leaveStopped, migrate, renew } from './versions/change-version';
import { isBotAnswering, localeOf, speakPattern, type Work } from './work';

const LAST_TEXT_LIMIT = 120;

/** What was masked comes back as an entity whose value only the operator port can read. */
function sealedEntities(text: string, sealed: Record<string, string>): Entity[] {
  return Object.entries(SEALED_MARKS).flatMap(([type, mark]) => {
    const start = text.indexOf(mark);
    const value = sealed[type];
    return start >= 0 && value ? [{ type, text: mark, start, end: start + mark.length, value }] : [];
  });
}

function understand(work: Work): Understanding {
  const { activity, at, sealed } = work.entry;
  const text = typedChoice(work.state.dialog, activity.text ?? '');
  const understood = work.content.understand(text, { now: at, localeHint: localeOf(work) });
  const entities = [...sealedEntities(text, sealed), ...understood.entities];
  return work.advice ? { ...understood, entities, advice: work.advice } : { ...understood, entities };
}

/** Words after a finished concern that begin nothing new: "thanks, bye" starts no session and no clock. */
const isFarewell = ({ danger, intents }: Understanding): boolean =>
  danger === null && intents.length > 0 && intents.every(({ intent }) => intent === 'thanks');

/** A customer's message. */
export function onMessage(work: Work): void {
  const { state, entry } = work;
  if (isPushed(state.channel)) onReturn(work);
  migrate(work);
  const understanding = understand(work);
  work.isFarewell = isFarewell(understanding);
  const hasEnded = state.session !== null && state.session.endedAt !== null;
  if (!(hasEnded && work.isFarewell)) enterSession(work);
  const text = entry.activity.text ?? '';
  if (text !== '') state.lastText = text.slice(0, LAST_TEXT_LIMIT);
  if (state.ownership.owner === 'human') return;
  if (!isBotAnswering(state)) return onWaiting(work, understanding);
  tellFirst(work, understanding);
  const voice = voiceOf(entry.activity);
  if (voice === 'unheard') return onUnheard(work);
  if (voice === 'heard') speakPattern(work, 'voice-heard', { text });
  if (answerOffer(work, understanding)) return;
  if (renew(work, understanding, () => understand(work))) return;
  const hasAttachment = (entry.activity.attachments?.length ?? 0) > 0;
  converse(work, { type: 'utterance', understanding, hasAttachment });
}

/** Danger is answered before everything, and after good-bye nothing begins. */
function tellFirst(work: Work, { danger, entities }: Understanding): void {
  const isOver = work.state.session?.endedAt !== null;
  if (danger === null && !isOver)
    tellBulletins(
      work,
      entities.map(({ value }) => value),
    );
}

const voiceSchema = z.object({ voice: z.enum(['heard', 'unheard']) });

/** Whether it was spoken, and whether the channel could make it out. */
const voiceOf = ({ channelData }: Activity): 'heard' | 'unheard' | null =>
  voiceSchema.safeParse(channelData).data?.voice ?? null;

/** Nobody who speaks is made to type: a human hears it, and with nobody on duty a call-back is offered. */
function onUnheard(work: Work): void {
  speakPattern(work, 'voice-unheard');
  const resumeAt = work.state.dialog?.frames.at(-1)?.step ?? null;
  handOver(work, { reason: 'voice', priority: 'normal', resumeAt }, (isAsked) => offerOrder(work, isAsked));
}

/** In line for a human: what is said is kept; danger raises the place, and the customer may go on with the bot. */
function onWaiting(work: Work, { danger, intents }: Understanding): void {
  const { state, entry } = work;
  const names = intents.map(({ intent }) => intent);
  if (danger) {
    speakPattern(work, `danger-${danger}`);
    const { resumeAt } = state.ownership;
    // In danger no order is offered.
    return handOver(work, { reason: `danger-${danger}`, priority: 'danger', resumeAt }, () => undefined);
  }
  const text = entry.activity.text ?? '';
  if (names.includes('cancel') || wantsToLeave(text)) {
    speakPattern(work, 'withdrawn');
    changeOwner(work, { type: 'withdraw' });
    return leaveStopped(work) ? undefined : resume(work, null);
  }
  if (state.ownership.priority !== 'danger' && wantsCallBack(text)) {
    keepServing(work);
    return offerOrder(work, false);
  }
  if (state.queueNotedAt !== null && !names.includes('talk-to-human')) return;
  state.queueNotedAt = entry.at;
  sayStillInLine(work);
}
