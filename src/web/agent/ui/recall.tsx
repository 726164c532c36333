import { agentMeans, RECALL_MS } from '../../../contract/agent-means';
import type { Line } from '../state/types';
import { useDesk, useDeskState, useTicking } from './context';

/** Takes an own message back, as long as that is possible. */
export function Recall({ line }: { line: Line }) {
  const { client, words } = useDesk();
  const own = useDeskState(({ account }) => account?.id);
  const channel = useDeskState(({ openId, loaded }) => (openId ? loaded[openId]?.view.channel : undefined));
  const sentAt = Date.parse(line.timestamp ?? '');
  const isInTime = useTicking((now) => now - sentAt < RECALL_MS);
  const isPossible = channel !== undefined && agentMeans[channel].canRecall;
  if (!isPossible || !isInTime || line.from.agentId !== own) return null;
  return (
    <button type="button" className="link-like recall" onClick={() => void client.recall(line.position)}>
      {words.talk.recall}
    </button>
  );
}
