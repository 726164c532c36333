import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId, useMemo, useState } from 'react';
import { channelIdSchema } from '../../../../contract/activity';
import { prioritySchema } from '../../../../contract/conversation';
import { orderKindSchema } from '../../../../contract/orders';
import { pauseReasons, slaClocks, slaSubjects } from '../../../../contract/sla';
import { setIn } from '../../../../dialogs/edit/edit-yaml';
import type { Path } from '../../../../dialogs/edit/yaml-places';
import type { Policy, Target } from '../../../../sla/policy/policy-schema';
import { filesOf } from '../../state/bench';
import { calendarOptions, calendarRows } from '../../state/calendar-rows';
import { partsOfTarget, TARGET_UNITS, type TargetUnit, targetOf } from '../../state/policy-rows';
import { useAdmin, useBench } from '../context';
import { ChoiceField, LineField, WordsField } from '../dialogs/form/fields';
import { FormProvider, Problems, useForm } from '../dialogs/form/step-context';
import { TextField } from '../dialogs/form/text-field';
import type { TextFile } from '../use-text-file';
import { Thresholds } from './thresholds';

/** In which order the parts of a promise are written. */
const ORDER = [
  'id',
  'name',
  'subject',
  'clock',
  'match',
  'target',
  'turns',
  'calendar',
  'pauses',
  'onReopen',
  'renewal',
  'compensation',
  'thresholds',
];

/** What is promised to whom, how long, by which calendar, and what is done on the way. */
export function PolicyForm({ policy, file }: { policy: Policy; file: TextFile }) {
  const { words, settings } = useAdmin();
  const { promises } = words;
  const bench = useBench();
  const { locale } = settings;
  const calendars = useMemo(() => calendarOptions(calendarRows(filesOf(bench)), locale), [bench, locale]);
  const form = useMemo(
    () => ({
      dialog: null,
      set: (path: Path, value: unknown) =>
        void file.edit((text) => setIn(text, path, value, ORDER), `policy.${path.join('.')}`),
      problemsAt: (path: Path) => {
        const place = path.join('.');
        return file.problems.filter((each) => each.path === place || each.path.startsWith(`${place}.`));
      },
    }),
    [file],
  );
  return (
    <FormProvider value={form}>
      <TextField path={['name']} value={policy.name} />
      <div className="languages">
        <ChoiceField
          path={['subject']}
          name={promises.subject}
          value={policy.subject}
          options={slaSubjects.map((value) => ({ value, label: promises.subjects[value] }))}
        />
        <ChoiceField
          path={['clock']}
          name={promises.clock}
          value={policy.clock}
          options={slaClocks.map((value) => ({ value, label: promises.clocks[value] }))}
        />
        <TargetField target={policy.target} />
        <ChoiceField
          path={['calendar']}
          name={promises.calendar}
          value={policy.calendar}
          options={calendars}
        />
      </div>
      <Match policy={policy} />
      <Several
        path={['pauses']}
        name={promises.pauses}
        value={policy.pauses}
        options={pauseReasons.map((value) => ({ value, label: promises.reasons[value] }))}
      />
      <ChoiceField
        path={['onReopen']}
        name={promises.onReopen}
        value={policy.onReopen}
        options={(['continue', 'restart'] as const).map((value) => ({
          value,
          label: promises.reopens[value],
        }))}
      />
      <Thresholds thresholds={policy.thresholds} />
    </FormProvider>
  );
}

/** An amount and its unit; what is no amount yet is said, and not taken. */
function TargetField({ target }: { target: Target }) {
  const { promises } = useAdmin().words;
  const { set } = useForm();
  const id = useId();
  const written = partsOfTarget(target);
  const [typed, setTyped] = useState<{ unit: TargetUnit; amount: string } | null>(null);
  const { unit, amount } = typed ?? written;
  function take(next: { unit: TargetUnit; amount: string }): void {
    const made = targetOf(next.unit, next.amount);
    setTyped(made ? null : next);
    if (made) set(['target'], made);
  }
  return (
    <div className="field">
      <label htmlFor={id}>{promises.target}</label>
      <span className="target">
        <Input
          id={id}
          value={amount}
          aria-label={promises.amount}
          onChange={({ target: { value } }) => take({ unit, amount: value })}
        />
        <Select
          aria-label={promises.target}
          value={unit}
          options={TARGET_UNITS.map((value) => ({ value, label: promises.units[value] }))}
          onChange={(next) => take({ unit: next, amount })}
        />
      </span>
      {typed && <p className="field-problem warn">{promises.badAmount}</p>}
      <Problems path={['target']} />
    </div>
  );
}

const LISTED = {
  kinds: orderKindSchema.options,
  settlements: ['urban', 'rural'],
  channels: channelIdSchema.options,
  priorities: prioritySchema.options,
} as const;
const WORDS = ['severities', 'products', 'customerLevels', 'areas', 'provinces'] as const;

function Match({ policy: { match } }: { policy: Policy }) {
  const { promises } = useAdmin().words;
  const named: Record<string, string> = promises.kinds;
  return (
    <fieldset className="text-field">
      <legend>{promises.match}</legend>
      <div className="languages">
        {(Object.keys(LISTED) as (keyof typeof LISTED)[]).map((key) => (
          <Several
            key={key}
            path={['match', key]}
            name={promises.matches[key]}
            value={match[key] ?? []}
            options={LISTED[key].map((value) => ({ value, label: named[value] ?? value }))}
          />
        ))}
        {WORDS.map((key) => (
          <WordsField key={key} path={['match', key]} name={promises.matches[key]} value={match[key] ?? []} />
        ))}
        <LineField
          path={['match', 'acceptedFrom']}
          name={promises.matches.acceptedFrom}
          value={match.acceptedFrom}
        />
        <LineField
          path={['match', 'acceptedBefore']}
          name={promises.matches.acceptedBefore}
          value={match.acceptedBefore}
        />
      </div>
      <Problems path={['match']} />
    </fieldset>
  );
}

interface SeveralProps {
  path: Path;
  name: string;
  value: readonly string[];
  options: { value: string; label: string }[];
}

/** Any number of what can be chosen; none takes the key away. */
function Several({ path, name, value, options }: SeveralProps) {
  const id = useId();
  const { set } = useForm();
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <Select
        id={id}
        mode="multiple"
        value={[...value]}
        options={options}
        onChange={(next: string[]) => set(path, next.length > 0 ? next : undefined)}
      />
    </div>
  );
}
