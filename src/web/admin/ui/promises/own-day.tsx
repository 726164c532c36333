import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import { useId, useState } from 'react';
import type { CalendarFile } from '../../../../sla/policy/policy-schema';
import { CALENDARS_PATH, periodsIn, setOwnDay } from '../../state/calendar-rows';
import { useAdmin } from '../context';
import { useTextFile } from '../use-text-file';

type Choice = 'rule' | 'closed' | 'periods';

interface OwnDayProps {
  calendars: readonly CalendarFile[];
  calendar: string;
  date: string;
  onClose: () => void;
}

/** One day of a calendar: by its rule, closed, or with periods of its own. It goes into the draft, like any change. */
export function OwnDay({ calendars, calendar, date, onClose }: OwnDayProps) {
  const { promises, shell } = useAdmin().words;
  const id = useId();
  const file = useTextFile(CALENDARS_PATH);
  const own = calendars.find((each) => each.id === calendar)?.days[date];
  const [choice, setChoice] = useState<Choice>(
    own === undefined ? 'rule' : own.length === 0 ? 'closed' : 'periods',
  );
  const [typed, setTyped] = useState(own?.join(', ') ?? '');
  const periods = choice === 'rule' ? null : choice === 'closed' ? [] : periodsIn(typed);
  const isBad = choice === 'periods' && periods === null;
  function take(): void {
    const isDone = file.edit(
      (text) => setOwnDay(text, calendars, { calendar, date, periods }),
      `day.${date}`,
    );
    if (isDone) onClose();
  }
  return (
    <fieldset className="own-day">
      <legend>{promises.ownDay(date)}</legend>
      <Radio.Group
        value={choice}
        onChange={({ target }) => setChoice(target.value)}
        options={(['rule', 'closed', 'periods'] as const).map((value) => ({
          value,
          label: promises.ownChoices[value],
        }))}
      />
      {choice === 'periods' && (
        <div className="field">
          <label htmlFor={id}>{promises.ownPeriods}</label>
          <Input
            id={id}
            value={typed}
            placeholder={promises.ownPeriodsHint}
            maxLength={120}
            onChange={({ target }) => setTyped(target.value)}
          />
          {isBad && typed.trim() !== '' && <p className="field-problem warn">{promises.badPeriods}</p>}
        </div>
      )}
      <div className="actions">
        <Button type="primary" disabled={isBad} onClick={take}>
          {promises.takeDay}
        </Button>
        <Button onClick={onClose}>{shell.cancel}</Button>
      </div>
    </fieldset>
  );
}
