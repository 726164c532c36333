import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import {
  type Clause,
  comparesWith,
  printSentence,
  type Relation,
  readSentence,
  type Sentence,
} from '../../../../../dialogs/edit/sentences';
import type { Path } from '../../../../../dialogs/edit/yaml-places';
import { relationOptions, subjectOptions, valueOptions } from '../../../state/condition-words';
import { useAdmin } from '../../context';
import { LineField, useLabel } from './fields';
import { Problems, useForm, useFormDialog } from './step-context';
import { useTyped } from './use-typed';

/** A condition as a sentence with menus; one of another shape, or for experts, as it is written. */
export function ConditionField({ path, value }: { path: Path; value: string | undefined }) {
  const { conditions } = useAdmin().words;
  const label = useLabel();
  const { set } = useForm();
  const [isExpert, setIsExpert] = useState(false);
  const sentence = value === undefined ? null : readSentence(value);
  const key = String(path.at(-1));
  if (!sentence || isExpert)
    return (
      <>
        <LineField path={path} value={value} isCode />
        {sentence && (
          <Button size="small" type="text" onClick={() => setIsExpert(false)}>
            {conditions.asSentence}
          </Button>
        )}
      </>
    );
  const write = (next: Sentence) => set(path, printSentence(next));
  const { join, clauses } = sentence;
  const change = (at: number, changed: Partial<Clause>) =>
    write({ join, clauses: clauses.map((clause, i) => (i === at ? { ...clause, ...changed } : clause)) });
  return (
    <fieldset className="condition">
      <legend>{label(key)}</legend>
      {clauses.map((clause, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: clauses count by their place
        <div key={i} className="clause">
          <span className="quiet">{i === 0 ? conditions.when : conditions.joins[join]}</span>
          <ClauseMenus clause={clause} change={(changed) => change(i, changed)} />
          {clauses.length > 1 && (
            <Button
              size="small"
              type="text"
              aria-label={conditions.removeClause(i + 1)}
              onClick={() => write({ join, clauses: clauses.filter((_, at) => at !== i) })}
            >
              ✕
            </Button>
          )}
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        onClick={() => write({ join, clauses: [...clauses, ...clauses.slice(-1)] })}
      >
        {conditions.add}
      </Button>
      {clauses.length > 1 && (
        <Button
          size="small"
          type="text"
          onClick={() => write({ join: join === 'and' ? 'or' : 'and', clauses })}
        >
          {conditions.toJoin[join]}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => setIsExpert(true)}>
        {conditions.asText}
      </Button>
      <Problems path={path} />
    </fieldset>
  );
}

interface MenusProps {
  clause: Clause;
  change: (changed: Partial<Clause>) => void;
}

function ClauseMenus({ clause, change }: MenusProps) {
  const { words, settings } = useAdmin();
  const { conditions } = words;
  const dialog = useFormDialog();
  const { locale } = settings;
  const { subject, relation, value } = clause;
  const isSaid = relation === 'is-said';
  return (
    <>
      {isSaid ? (
        <b>{dialog.slots[subject]?.name[locale] ?? subject}</b>
      ) : (
        <Select
          size="small"
          aria-label={conditions.subject}
          showSearch={{ optionFilterProp: 'label' }}
          value={subject}
          options={subjectOptions(subject, dialog, locale)}
          onChange={(next: string) => change({ subject: next })}
        />
      )}
      <Select
        size="small"
        aria-label={conditions.relation}
        value={relation}
        options={relationOptions(relation, locale)}
        onChange={(next: Relation) => change({ relation: next, value: valueFor(next, value) })}
      />
      {comparesWith(relation) && <ValueMenu clause={clause} change={change} />}
    </>
  );
}

const isAmount = (relation: Relation): boolean =>
  comparesWith(relation) && relation !== 'is' && relation !== 'is-not';

/** What a clause is compared with once its relation is another. */
function valueFor(relation: Relation, before: Clause['value']): Clause['value'] {
  if (!comparesWith(relation)) return null;
  return isAmount(relation) && typeof before !== 'number' ? 0 : (before ?? '');
}

/** Digits alone are a number where a number stood, or where it is counted. */
function ValueMenu({ clause: { subject, relation, value }, change }: MenusProps) {
  const { words, settings } = useAdmin();
  const dialog = useFormDialog();
  const isCounted = typeof value === 'number' || isAmount(relation);
  const commit = (next: string) =>
    change({ value: isCounted && /^\d{1,15}$/.test(next) ? Number(next) : next });
  const { text, type, flush } = useTyped(String(value ?? ''), commit);
  const options =
    typeof value === 'number' ? [] : valueOptions(subject, value ?? '', dialog, settings.locale);
  const label = words.conditions.value;
  if (options.length > 0)
    return (
      <Select
        size="small"
        aria-label={label}
        value={String(value ?? '')}
        options={options}
        onChange={(next: string) => change({ value: next })}
      />
    );
  return (
    <Input
      size="small"
      aria-label={label}
      value={text}
      onChange={({ target }) => type(target.value)}
      onBlur={flush}
    />
  );
}
