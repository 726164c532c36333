import type { QualityCase, QualityFinding, QualityLine } from '../../../../contract/quality';
import { useDesk, useSpeakTime } from '../context';

export const lineId = (position: number): string => `said-${position}`;

/** What was said, with what was found in it. */
export function Words({ shown: { lines, item, notes } }: { shown: QualityCase }) {
  const { quality } = useDesk().words;
  const before = lines.filter(({ isPart }) => !isPart);
  const part = lines.filter(({ isPart }) => isPart);
  const findingsOf = (position: number) => item.findings.filter((finding) => finding.position === position);
  return (
    <>
      {before.length > 0 && (
        <details>
          <summary>{quality.before}</summary>
          <ol className="words">
            {before.map((line) => (
              <Line key={line.position} line={line} findings={[]} who={item.agentName} />
            ))}
          </ol>
        </details>
      )}
      <ol className="words">
        {part.map((line) => (
          <Line key={line.position} line={line} findings={findingsOf(line.position)} who={item.agentName} />
        ))}
      </ol>
      {notes.length > 0 && (
        <>
          <h2>{quality.notes}</h2>
          <ul>
            {notes.map(({ at, byName, text }) => (
              <li key={`${at}${byName}`}>
                <b>{byName}</b> {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface LineProps {
  line: QualityLine;
  findings: QualityFinding[];
  who: string | null;
}

function Line({ line: { position, at, role, text }, findings, who }: LineProps) {
  const { quality, talk } = useDesk().words;
  const speakTime = useSpeakTime();
  const names = { user: quality.customer, bot: quality.bot, agent: who ?? talk.agent };
  return (
    <li id={lineId(position)} className={role} tabIndex={-1}>
      <p className="by">
        {names[role]} <time>{speakTime(at)}</time>
      </p>
      <p>{text}</p>
      {findings.map(({ kind, seconds }) => (
        <p key={kind} className="warn">
          ▲ {quality.kinds[kind]}
          {seconds !== null && ` · ${quality.seconds(seconds)}`}
        </p>
      ))}
    </li>
  );
}
