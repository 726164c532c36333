import type { Wall } from '../../../../contract/supervision';
import { spanWords } from '../../state/span-words';
import { useDesk } from '../context';

/** Who waits where, and for how long. */
export function Lines({ groups }: { groups: Wall['groups'] }) {
  const { words, locale } = useDesk();
  const { lead } = words;
  return (
    <section>
      <h2>{lead.lines}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{lead.group}</th>
            <th scope="col">{lead.waiting}</th>
            <th scope="col">{lead.longest}</th>
            <th scope="col">{lead.onDuty}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ id, name, waiting, longestWaitSeconds, onDuty }) => (
            <tr key={id} className={waiting > 0 && onDuty === 0 ? 'warn' : ''}>
              <th scope="row">{name[locale]}</th>
              <td>{waiting}</td>
              <td>{waiting > 0 ? spanWords(longestWaitSeconds * 1000, locale) : '–'}</td>
              <td>{onDuty}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
