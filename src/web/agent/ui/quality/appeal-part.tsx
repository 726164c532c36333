import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import type { QualityCase } from '../../../../contract/quality';
import { useDesk, useDeskState, useSpeakTime } from '../context';

interface AppealPartProps {
  shown: QualityCase;
  path: string;
  onDone: (shown: QualityCase) => void;
}

/** What the agent objects to, or the way to do so while there is time. */
export function AppealPart({ shown, path, onDone }: AppealPartProps) {
  const { client, words } = useDesk();
  const { quality, shell } = words;
  const speakTime = useSpeakTime();
  const isOwn = useDeskState((state) => state.account?.id === shown.item.agentId);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const { appeal, appealUntil } = shown;
  if (appeal)
    return (
      <section>
        <h2>{quality.appeal}</h2>
        <p className="quiet">
          {quality.appealed(speakTime(appeal.at))} ·{' '}
          {appeal.decidedAt === null ? quality.appealOpen : quality.appealDecided}
        </p>
        <p>{appeal.reason}</p>
      </section>
    );
  if (!isOwn || appealUntil === null || !path.startsWith('/agent/')) return null;
  async function send(): Promise<void> {
    const answer = await client.tryCall<QualityCase>('POST', `${path}/appeal`, { reason });
    if (answer.ok) return onDone(answer.value);
    setFault(
      answer.code === 'conflict'
        ? quality.appealGone
        : (shell.faults[answer.code] ?? shell.faults.failed ?? ''),
    );
  }
  return (
    <section>
      <h2>{quality.appeal}</h2>
      <p className="quiet">{quality.appealUntil(speakTime(appealUntil))}</p>
      <label htmlFor={id}>{quality.appealReason}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {fault !== null && (
        <p className="warn" role="alert">
          {fault}
        </p>
      )}
      <Button disabled={reason.trim().length < 4} onClick={() => void send()}>
        {quality.appealSend}
      </Button>
    </section>
  );
}
