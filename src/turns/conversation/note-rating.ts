import type { ConversationState, SurveyState } from '../../contract/conversation';
import { addRecord, type Work } from './work';

const NOTHING: SurveyState = { askedAt: null, dangerAt: null, about: null };
export const surveyOf = ({ survey }: ConversationState): SurveyState => survey ?? NOTHING;

export function noteSurvey(work: Work, changed: Partial<SurveyState>): void {
  work.state.survey = { ...surveyOf(work.state), ...changed };
}

/** Kept with the order and the session that it is about. */
export function noteRating(work: Work, score: number): void {
  const { session, channel } = work.state;
  const { about } = surveyOf(work.state);
  const kind = work.state.orders.find(({ number }) => number === about)?.kind ?? null;
  addRecord(work, 'rating', { score, order: about, kind, channel, sessionId: session?.id ?? null });
  noteSurvey(work, { about: null });
}
