import { useCallback, useEffect, useState } from 'react';
import type { CannedReply } from '../../../../contract/canned-replies';
import type { Answer } from '../../client/answer';
import type { ReplyDraft } from '../../state/reply-paste';
import { useAdmin } from '../context';

/** The replies of the team; a write answers the code of what was wrong, null when it went well. */
export interface Replies {
  /** Null until they are read. */
  team: CannedReply[] | null;
  isAway: boolean;
  read(): Promise<void>;
  write(draft: ReplyDraft): Promise<string | null>;
  remove(reply: CannedReply): Promise<string | null>;
}

const PATH = '/agent/canned-replies';

export function useReplies(): Replies {
  const { client } = useAdmin();
  const [team, setTeam] = useState<CannedReply[] | null>(null);
  const [isAway, setIsAway] = useState(false);
  const take = useCallback((answer: Answer<{ replies: CannedReply[] }>): string | null => {
    if (!answer.ok) return answer.code;
    setTeam(answer.value.replies.filter(({ isTeam }) => isTeam));
    return null;
  }, []);
  const read = useCallback(async () => {
    setIsAway(take(await client.call('GET', PATH)) !== null);
  }, [client, take]);
  useEffect(() => void read(), [read]);
  return {
    team,
    isAway,
    read,
    write: async ({ id, shortcut, text }) => {
      const path = id === null ? PATH : `${PATH}/${encodeURIComponent(id)}`;
      return take(await client.call('POST', path, { isTeam: true, shortcut, text }));
    },
    remove: async ({ id }) =>
      take(await client.call('DELETE', `${PATH}/${encodeURIComponent(id)}?team=true`)),
  };
}
