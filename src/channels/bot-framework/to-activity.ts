import type { Activity, Attachment } from '../../contract/activity';
import { isInternalEvent } from '../../contract/activity';
import type { Entry } from '../../contract/conversation';
import { AppError } from '../../errors';
import type { FileStore } from '../../records/files';
import { maskWithin } from '../direct-line/inbound';
import { keepFiles, UPLOAD_LIMIT } from '../direct-line/uploads';
import type { Mask } from '../mask';
import type { Connector } from './connector';
import { statusOf } from './handoff';
import type { Account, InboundActivity, InboundAttachment } from './inbound-activity';
import { userIdOf } from './references';
import { isSameHost } from './service-url';

/** What an activity of the channel comes to. */
export type Inbound =
  /** The first contact: greeted once, however often the channel tells of it. */
  | { type: 'start'; user: Account }
  /** What a customer says or does. `isLogged`: it is part of what was said. */
  | { type: 'activity'; user: Account; isLogged: boolean }
  /** A step of ours that the channel brings about. */
  | { type: 'step'; name: string; value: unknown }
  /** The channel waits for an answer that this bot does not give. */
  | { type: 'invoke' }
  | { type: 'ignored' };

/** Pure: what is to be done about an activity. Throws `bad-request` for names that only our own parts may send. */
export function classify(inbound: InboundActivity, handoff: 'desk' | 'channel'): Inbound {
  if (inbound.type === 'invoke') return { type: 'invoke' };
  // What one member of a group says of their account is no business of the others.
  if (isGroup(inbound)) return { type: 'ignored' };
  const { from, recipient } = inbound;
  switch (inbound.type) {
    case 'message':
      return { type: 'activity', user: from, isLogged: true };
    case 'conversationUpdate': {
      const joined = inbound.membersAdded?.find((member) => member.id !== recipient.id);
      return joined ? { type: 'start', user: joined } : { type: 'ignored' };
    }
    case 'installationUpdate':
      if (inbound.action?.startsWith('add')) return { type: 'start', user: from };
      return { type: 'step', name: 'customer.left', value: undefined };
    case 'endOfConversation':
      return { type: 'activity', user: from, isLogged: false };
    case 'event':
      return classifyEvent(inbound, handoff);
    default:
      return { type: 'ignored' };
  }
}

const isGroup = ({ conversation }: InboundActivity): boolean =>
  conversation.isGroup === true || !['personal', '', undefined, null].includes(conversation.conversationType);

function classifyEvent(inbound: InboundActivity, handoff: 'desk' | 'channel'): Inbound {
  const name = inbound.name ?? '';
  if (name === 'handoff.status') {
    const step = handoff === 'channel' ? statusOf(inbound) : null;
    return step ? { type: 'step', ...step } : { type: 'ignored' };
  }
  if (isInternalEvent(name))
    throw new AppError('bad-request', `Nothing was kept. name: "${name}" is reserved.`);
  return { type: 'activity', user: inbound.from, isLogged: false };
}

export interface TranslateDependencies {
  connector: Pick<Connector, 'download'>;
  files: FileStore;
  mask: Mask;
  clock: () => number;
}

export type Translated = Pick<Entry, 'activity' | 'sealed'>;

/** What a message or event says, with what must never be stored masked, and with its pictures kept. */
export async function translate(
  deps: TranslateDependencies,
  inbound: InboundActivity,
  user: Account,
): Promise<Translated> {
  const type =
    inbound.type === 'message' ? 'message' : inbound.type === 'event' ? 'event' : 'endOfConversation';
  const attachments = await keepAttachments(deps, inbound);
  const { text, sealed } = deps.mask(inbound.text ?? '');
  const masked = (value: string) => deps.mask(value).text;
  return {
    sealed,
    activity: {
      type,
      id: inbound.id ?? undefined,
      timestamp: new Date(deps.clock()).toISOString(),
      channelId: inbound.channelId,
      from: fromOf(inbound, user),
      locale: inbound.locale ?? undefined,
      ...(type === 'message' ? { text, attachments } : {}),
      ...(type === 'event' ? { name: inbound.name ?? '', value: maskWithin(inbound.value, masked) } : {}),
    },
  };
}

/** Who speaks, as the turn engine knows them. */
export const fromOf = ({ channelId }: InboundActivity, user: Account): Activity['from'] => ({
  id: userIdOf(channelId, user.id),
  name: user.name ?? undefined,
  role: 'user',
});

const isFile = ({ contentUrl }: InboundAttachment): boolean => Boolean(contentUrl);

/** Files of a message, of at most 10 MB in all; the others stand in it as what was not to be had. */
async function keepAttachments(
  deps: TranslateDependencies,
  { attachments, serviceUrl }: InboundActivity,
): Promise<Attachment[] | undefined> {
  const kept: Attachment[] = [];
  let left = UPLOAD_LIMIT;
  for (const each of (attachments ?? []).filter(isFile)) {
    const bytes = await fetchFile(deps, each, { serviceUrl, limit: left });
    left -= bytes?.length ?? 0;
    kept.push(await keepOne(deps.files, each, bytes));
  }
  return kept.length > 0 ? kept : undefined;
}

/** Bytes within the address, or at the service of the message: our token is for nobody else. */
async function fetchFile(
  { connector }: TranslateDependencies,
  { contentUrl }: InboundAttachment,
  { serviceUrl, limit }: { serviceUrl: string; limit: number },
): Promise<Buffer | null> {
  const url = contentUrl ?? '';
  const [, base64] = /^data:[\w/+.-]+;base64,([\w+/=]+)$/.exec(url) ?? [];
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  return isSameHost(url, serviceUrl) ? connector.download(url, limit) : null;
}

async function keepOne(
  files: FileStore,
  { contentType, name }: InboundAttachment,
  bytes: Buffer | null,
): Promise<Attachment> {
  if (bytes === null) return { contentType, name: 'not fetched' };
  const stored = await keepFiles(files, [{ bytes, name: name ?? undefined }]).catch((error: unknown) => {
    // What cannot be read now will not be readable the next time either.
    if (!(error instanceof AppError)) throw error;
    return [];
  });
  return stored[0] ?? { contentType, name: 'unreadable' };
}
