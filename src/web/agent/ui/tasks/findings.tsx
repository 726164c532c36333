import Button from 'antd/es/button';
import type { Finding } from '../../../../contract/desk-checks';
import { useDesk } from '../context';

interface FindingsProps {
  /** What was about to be sent. */
  text: string;
  findings: Finding[];
  onSend: () => void;
  onEdit: () => void;
  onTask: () => void;
}

/** What to look at again before it leaves. It is the agent's to decide: nothing is held back. */
export function Findings({ text, findings, onSend, onEdit, onTask }: FindingsProps) {
  const { words, locale } = useDesk();
  const { tasks } = words;
  return (
    <div className="findings" role="alertdialog" aria-label={tasks.lookAgain}>
      <p className="warn">{tasks.lookAgain}</p>
      <ul>
        {findings.map(({ kind, from, to, remedy }) => (
          <li key={`${kind}${from}`}>
            <b>{tasks.kinds[kind]}</b> <mark>{text.slice(from, to)}</mark> {remedy[locale]}
          </li>
        ))}
      </ul>
      <p className="acts">
        <Button type="primary" autoFocus onClick={onEdit}>
          {tasks.edit}
        </Button>
        {findings.some(({ kind }) => kind === 'promise') && (
          <Button onClick={onTask}>{tasks.makeTask}</Button>
        )}
        <Button onClick={onSend}>{tasks.sendAnyway}</Button>
      </p>
    </div>
  );
}
