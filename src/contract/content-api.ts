import { z } from 'zod';
import {
  approveSchema,
  blockerSchema,
  contentFilesSchema,
  contentTokenSchema,
  contentVersionSchema,
  draftOfSchema,
  draftSchema,
  fileDifferenceSchema,
  liveSessionsSchema,
  newContentTokenSchema,
  publishedSchema,
  publishSchema,
  rebasedSchema,
  rebaseSchema,
  rollBackSchema,
  saveDraftSchema,
  savedDraftSchema,
  stopSchema,
  widenSchema,
} from './content-editing';
import { intentMeasuresSchema } from './content-intents';
import { dismissMessagesSchema, learnableMessageSchema } from './content-messages';
import { previewRequestSchema, previewSchema } from './content-preview';
import { calendarMonthSchema, foretellSchema, foretoldSchema, monthRequestSchema } from './content-promises';
import { unspokenCountsSchema } from './content-tables';
import { talkRequestSchema, talkSchema } from './content-talk';
import {
  judgeTrialSchema,
  newProposalSchema,
  proposalSchema,
  startTrialSchema,
  trialSchema,
} from './content-trial';

/** Rights of accounts.md that content is about. */
type Permission = 'content.read' | 'content.edit' | 'content.publish' | 'unanswered.read';

/**
 * Every call of the API by which content is changed, below `/admin/content`: docs/openapi/content.yaml is written from
 * here, and tests hold the routes against it. docs/content.md says what the calls are for.
 */
export interface ContentCall {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/admin/content`; `{id}` is part of the address. */
  path: string;
  summary: string;
  permission: Permission;
  /** What may stand behind the `?`. */
  query?: Record<string, z.ZodType>;
  request?: z.ZodType;
  status: 200 | 201 | 202;
  answer: z.ZodType;
  /** What else it answers with a body of its own, beside `{error}`. */
  refusals?: { 409?: z.ZodType; 422?: z.ZodType };
  /** Tokens are made and ended by people who are signed in, never by a token. */
  isForPeople?: true;
}

const nothing = z.object({});
const days = (most: number) => z.number().int().min(1).max(most);
export const refusedSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
/** Somebody, or another page, was faster: what is there now. */
const conflictSchema = refusedSchema.extend({ draft: draftSchema.optional() });
const blockedSchema = refusedSchema.extend({ blockers: z.array(blockerSchema) });
const trialAnswer = z.object({ trial: trialSchema });

type Rest = Partial<ContentCall> & Pick<ContentCall, 'answer'>;
const call = (
  method: ContentCall['method'],
  path: string,
  permission: Permission,
  summary: string,
  rest: Rest,
): ContentCall => ({ status: 200, ...rest, method, path, permission, summary });

export const contentApi: readonly ContentCall[] = [
  call('get', '/versions', 'content.read', 'Every version, newest first.', {
    query: { limit: days(500) },
    answer: z.object({ versions: z.array(contentVersionSchema) }),
  }),
  call(
    'get',
    '/versions/{id}',
    'content.read',
    'The files of a version, or with `diff` what differs from another.',
    {
      query: { diff: z.string().max(64) },
      answer: z.object({ files: z.union([contentFilesSchema, z.array(fileDifferenceSchema)]) }),
    },
  ),
  call('get', '/draft', 'content.edit', "One's own draft.", { answer: draftSchema }),
  call('put', '/draft', 'content.edit', 'Saves changes of the draft that was seen.', {
    request: saveDraftSchema,
    answer: savedDraftSchema,
    refusals: { 409: conflictSchema },
  }),
  call('delete', '/draft', 'content.edit', 'Throws the changes of the draft away.', { answer: draftSchema }),
  call('post', '/draft/rebase', 'content.edit', 'Brings the current version under the changes.', {
    request: rebaseSchema,
    answer: rebasedSchema,
    refusals: { 409: conflictSchema },
  }),
  call('post', '/publish', 'content.publish', "Publishes one's draft: now, at a time, or to a share first.", {
    request: publishSchema,
    answer: publishedSchema,
    refusals: { 422: blockedSchema },
  }),
  call('post', '/roll-back', 'content.publish', 'Makes a version current that customers had before.', {
    request: rollBackSchema,
    answer: publishedSchema,
  }),
  call('post', '/roll-out', 'content.publish', 'Another share for the version that is tried.', {
    request: widenSchema,
    answer: publishedSchema,
  }),
  call('post', '/stop', 'content.publish', 'Takes a version from everybody at once.', {
    request: stopSchema,
    answer: publishedSchema,
  }),
  call('delete', '/schedule', 'content.publish', 'Calls off what is scheduled, or notes what was given up.', {
    answer: nothing,
  }),
  call('post', '/offered/take', 'content.edit', "Makes new files of a release one's draft.", {
    answer: draftSchema,
  }),
  call('get', '/drafts', 'content.edit', 'What colleagues write.', {
    answer: z.object({ drafts: z.array(draftOfSchema) }),
  }),
  call('get', '/drafts/{id}', 'content.edit', 'The draft of an account.', { answer: draftSchema }),
  call('post', '/drafts/{id}/approve', 'content.publish', 'Approves a draft of somebody else as it is.', {
    request: approveSchema,
    answer: z.object({ approvedBy: z.array(z.object({ id: z.string(), name: z.string() })) }),
    refusals: { 409: conflictSchema },
  }),
  call('post', '/trial', 'content.edit', "Begins to try one's draft.", {
    request: startTrialSchema,
    status: 202,
    answer: trialAnswer,
  }),
  call('get', '/trial', 'content.edit', 'What came of it; null when it was not tried.', {
    answer: z.object({ trial: trialSchema.nullable() }),
  }),
  call('post', '/trial/verdicts', 'content.edit', 'Accepts or refuses differences by their causes.', {
    request: judgeTrialSchema,
    answer: trialAnswer,
  }),
  call('get', '/proposals', 'content.edit', 'Conversations of customers that are to become tests, masked.', {
    answer: z.object({ proposals: z.array(proposalSchema) }),
  }),
  call('post', '/proposals', 'content.edit', 'Proposes a session as a test.', {
    request: newProposalSchema,
    status: 201,
    answer: z.object({ proposal: proposalSchema }),
  }),
  call(
    'post',
    '/proposals/{id}/accept',
    'content.edit',
    'Takes one that somebody else proposed into the draft.',
    {
      answer: z.object({ path: z.string(), revision: z.number().int() }),
    },
  ),
  call('delete', '/proposals/{id}', 'content.edit', 'Leaves one out.', { answer: nothing }),
  call(
    'post',
    '/talk',
    'content.edit',
    'Talks with the draft; everything that was said so far is sent each time.',
    {
      request: talkRequestSchema,
      answer: talkSchema,
    },
  ),
  call('post', '/preview', 'content.edit', 'A step or an answer as each channel shows it.', {
    request: previewRequestSchema,
    answer: previewSchema,
  }),
  call(
    'get',
    '/intents/measure',
    'content.edit',
    'The cross-validation of the draft and of what is current.',
    {
      answer: intentMeasuresSchema,
    },
  ),
  call(
    'get',
    '/messages',
    'unanswered.read',
    'What was not understood, or taken for something else, masked.',
    {
      query: { days: days(3650) },
      answer: z.object({ messages: z.array(learnableMessageSchema) }),
    },
  ),
  call('post', '/messages/dismiss', 'content.edit', 'Takes out what teaches nothing, for everybody.', {
    request: dismissMessagesSchema,
    answer: z.object({ dismissed: z.number().int() }),
  }),
  call('post', '/promises/deadline', 'content.edit', 'When a matter would be due under the draft, and why.', {
    request: foretellSchema,
    answer: foretoldSchema,
  }),
  call('post', '/promises/month', 'content.edit', 'A month of a calendar of the draft.', {
    request: monthRequestSchema,
    answer: calendarMonthSchema,
  }),
  call('get', '/tables/unspoken', 'content.read', 'Facts of tables that customers were not told.', {
    query: { days: days(365) },
    answer: unspokenCountsSchema,
  }),
  call('get', '/sessions', 'content.read', 'Where running conversations stand.', {
    query: { draft: z.enum(['0', '1']) },
    answer: z.object({ sessions: z.array(liveSessionsSchema) }),
  }),
  call('get', '/ways/{dialog}', 'content.read', 'How often conversations went from which step to which.', {
    answer: z.object({
      days: z.number().int(),
      ways: z.array(z.object({ from: z.string().nullable(), to: z.string(), count: z.number().int() })),
      standing: z.record(z.string(), z.number().int()),
    }),
  }),
  call('get', '/tokens', 'content.publish', 'Tokens for programs.', {
    answer: z.object({ tokens: z.array(contentTokenSchema) }),
    isForPeople: true,
  }),
  call('post', '/tokens', 'content.publish', 'Makes a token; it is shown once.', {
    request: newContentTokenSchema,
    status: 201,
    answer: contentTokenSchema.extend({ token: z.string() }),
    isForPeople: true,
  }),
  call('delete', '/tokens/{id}', 'content.publish', 'Ends a token.', { answer: nothing, isForPeople: true }),
];
