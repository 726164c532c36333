import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useEffect, useId, useMemo, useState } from 'react';
import type { CalendarMonth } from '../../../../contract/content-promises';
import { filesOf } from '../../state/bench';
import { calendarOptions, calendarRows } from '../../state/calendar-rows';
import { useAdmin, useBench, useMay } from '../context';
import { OwnDay } from './own-day';

/** A month of a calendar of the draft: when its clocks run, and why not. */
export function CalendarCard() {
  const { words, settings } = useAdmin();
  const { promises } = words;
  const id = useId();
  const bench = useBench();
  const calendars = useMemo(() => calendarRows(filesOf(bench)), [bench]);
  const ids = calendars.map(({ id: each }) => each);
  const mayEdit = useMay('content.edit');
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted, setWanted] = useState('office-hours');
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const calendar = ids.includes(wanted) ? wanted : (ids[0] ?? null);
  const found = useMonth(calendar, month, bench.draft?.revision ?? 0);
  return (
    <section className="card calendar-card" aria-label={promises.month}>
      <h3>{promises.month}</h3>
      <div className="publish-options">
        <span>
          <label htmlFor={`${id}c`}>{promises.calendar}</label>
          <Select
            id={`${id}c`}
            value={calendar}
            options={calendarOptions(calendars, settings.locale)}
            popupMatchSelectWidth={false}
            onChange={(value: string | null) => value !== null && setWanted(value)}
          />
        </span>
        <span>
          <label htmlFor={`${id}m`}>{promises.monthOf}</label>
          <Input
            id={`${id}m`}
            type="month"
            value={month}
            onChange={({ target }) => target.value !== '' && setMonth(target.value)}
          />
        </span>
      </div>
      {found === 'not-ready' ? (
        <p className="warn">{promises.notReady}</p>
      ) : (
        found && <MonthTable month={found} chosen={chosen} onDay={mayEdit ? setChosen : null} />
      )}
      {mayEdit && found !== 'not-ready' && <p className="hint">{promises.ownDays}</p>}
      {chosen !== null && calendar !== null && found !== 'not-ready' && (
        <OwnDay
          key={`${calendar} ${chosen}`}
          calendars={calendars}
          calendar={calendar}
          date={chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
}

/** What a month has; `not-ready` while promises have problems. Asked for anew with every save. */
function useMonth(
  calendar: string | null,
  month: string,
  revision: number,
): CalendarMonth | 'not-ready' | null {
  const { client } = useAdmin();
  const [found, setFound] = useState<CalendarMonth | 'not-ready' | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is another draft
  useEffect(() => {
    if (calendar === null) return setFound('not-ready');
    let isGone = false;
    const body = { calendar, month };
    void client.call<CalendarMonth>('POST', '/admin/content/promises/month', body).then((answer) => {
      if (!isGone) setFound(answer.ok ? answer.value : 'not-ready');
    });
    return () => {
      isGone = true;
    };
  }, [client, calendar, month, revision]);
  return found;
}

type Day = CalendarMonth['days'][number];

/** Days below their weekdays, Monday first. */
function weeksOf(days: readonly Day[]): (Day | null)[][] {
  const before = Array.from({ length: days[0]?.weekday ?? 0 }, () => null);
  const all: (Day | null)[] = [...before, ...days];
  return Array.from({ length: Math.ceil(all.length / 7) }, (_, i) => all.slice(i * 7, i * 7 + 7));
}

/** A narrow cell breaks it after the dash alone. */
function OnePeriod({ period }: { period: string }) {
  const [from, to] = period.split('-');
  return (
    <span>
      {from}-<wbr />
      {to}
    </span>
  );
}

interface MonthProps {
  month: CalendarMonth;
  chosen: string | null;
  /** Null for whoever may not change days. */
  onDay: ((date: string) => void) | null;
}

function MonthTable({ month: { days }, chosen, onDay }: MonthProps) {
  const { promises } = useAdmin().words;
  return (
    <table className="month">
      <thead>
        <tr>
          {promises.weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {week.map((day, i) =>
              day ? (
                <td
                  key={day.date}
                  className={`day-${day.cause}${day.periods.length === 0 ? ' is-closed' : ''}`}
                >
                  {onDay ? (
                    <button
                      type="button"
                      aria-label={`${Number(day.date.slice(8))}, ${promises.ownDay(day.date)}`}
                      aria-pressed={day.date === chosen}
                      onClick={() => onDay(day.date)}
                    >
                      {Number(day.date.slice(8))}
                    </button>
                  ) : (
                    <b>{Number(day.date.slice(8))}</b>
                  )}
                  {day.cause !== 'week' && <span className="cause">{promises.causes[day.cause]}</span>}
                  {day.periods.length === 0 && <span>{promises.closed}</span>}
                  {day.periods.map((period) => (
                    <OnePeriod key={period} period={period} />
                  ))}
                </td>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell is its place
                <td key={i} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
