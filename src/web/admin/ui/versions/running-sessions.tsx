import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import { useEffect, useMemo, useState } from 'react';
import type { LiveSessions } from '../../../../contract/content-editing';
import { readDialog } from '../../../../dialogs/edit/read-dialog';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';
import { dialogIdOf } from '../dialogs/use-file';

export const SESSION_CHOICES = ['finish', 'migrate', 'restart'] as const;
export type SessionChoice = (typeof SESSION_CHOICES)[number];

interface RunningProps {
  choice: SessionChoice;
  onChoice: (choice: SessionChoice) => void;
  /** `dialog/step` of before to `dialog/step` of the draft. */
  map: Record<string, string>;
  onMap: (map: Record<string, string>) => void;
}

/** Where conversations stand now, and what becomes of them when the draft is published. */
export function RunningSessions({ choice, onChoice, map, onMap }: RunningProps) {
  const { words } = useAdmin();
  const { publish } = words;
  const rows = useLiveSessions(choice);
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return (
    <fieldset className="running">
      <legend>{publish.runningSessions(count)}</legend>
      <Radio.Group
        value={choice}
        options={SESSION_CHOICES.map((value) => ({ value, label: publish.choices[value] }))}
        onChange={({ target }) => onChoice(target.value as SessionChoice)}
      />
      <p className="quiet">{publish.choiceHints[choice]}</p>
      {rows.length > 0 && choice === 'migrate' && <Places rows={rows} map={map} onMap={onMap} />}
    </fieldset>
  );
}

/** Customers go on while one decides. */
const LOOK_EVERY_MS = 15_000;

/** Looked at anew for another draft, another choice, and now and then. */
function useLiveSessions(choice: SessionChoice): LiveSessions[] {
  const { client } = useAdmin();
  const revision = useBench().draft?.revision ?? 0;
  const [rows, setRows] = useState<LiveSessions[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is another draft, and a choice asks anew
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const path = '/admin/content/sessions?draft=1';
      const found = await client.ask<{ sessions: LiveSessions[] }>('GET', path);
      if (found && !isGone) setRows(found.sessions);
    };
    void read();
    const timer = setInterval(() => void read(), LOOK_EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [client, revision, choice]);
  return rows;
}

/** Each place where somebody stands; what does not fit can be led to a step of the draft. */
function Places({ rows, map, onMap }: { rows: LiveSessions[] } & Pick<RunningProps, 'map' | 'onMap'>) {
  const { words } = useAdmin();
  const { publish } = words;
  const bench = useBench();
  const steps = useMemo(
    () =>
      Object.entries(filesOf(bench)).flatMap(([path, text]) => {
        const id = dialogIdOf(path);
        const isAsked = id !== null && rows.some(({ dialog }) => dialog === id);
        const dialog = isAsked ? readDialog(path, text).dialog : null;
        return dialog?.steps.map((step) => `${id}/${step.id}`) ?? [];
      }),
    [bench, rows],
  );
  return (
    <table className="places">
      <thead>
        <tr>
          <th>{publish.place}</th>
          <th>{publish.howMany}</th>
          <th>{publish.fitTitle}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ version, number, dialog, step, below, count, fit }) => {
          const place = `${dialog}/${step}`;
          return (
            <tr key={JSON.stringify([version, place, below])}>
              <td>
                <code>{place}</code>{' '}
                <span className="quiet">{number === null ? '' : words.versions.number(number)}</span>
              </td>
              <td>{count}</td>
              <td>
                {fit === 'same' || fit === null ? (
                  publish.fits.same
                ) : (
                  <Select
                    size="small"
                    aria-label={publish.leadTo(place)}
                    showSearch
                    value={map[place] ?? ''}
                    options={[
                      { value: '', label: publish.fits[fit] },
                      ...steps.map((value) => ({ value, label: value })),
                    ]}
                    onChange={(to) => onMap(without(map, place, to))}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const without = (map: Record<string, string>, place: string, to: string): Record<string, string> => {
  const { [place]: _, ...rest } = map;
  return to === '' ? rest : { ...rest, [place]: to };
};
