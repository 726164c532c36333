import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { type ReactNode, useId } from 'react';
import type { Path } from '../../../../../dialogs/edit/yaml-places';
import { useAdmin } from '../../context';
import { Problems, useForm, useFormDialog } from './step-context';
import { useTyped } from './use-typed';

interface FieldProps {
  path: Path;
  /** The key by which it is named; the last of the path unless told otherwise. */
  name?: string;
  value: string | undefined;
}

export const useLabel = () => {
  const { keys } = useAdmin().words;
  return (key: string): string => keys[key]?.[0] ?? key;
};

/** One line; an empty one takes away what need not be there. */
export function LineField({ path, name, value = '', isCode = false }: FieldProps & { isCode?: boolean }) {
  const id = useId();
  const label = useLabel();
  const { set } = useForm();
  const { text, type, flush } = useTyped(value, (next) => set(path, next === '' ? undefined : next));
  return (
    <div className="field">
      <label htmlFor={id}>{label(name ?? String(path.at(-1)))}</label>
      <Input
        id={id}
        className={isCode ? 'code' : undefined}
        value={text}
        spellCheck={!isCode}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <Problems path={path} />
    </div>
  );
}

export function NumberField({ path, value }: { path: Path; value: number | undefined }) {
  const id = useId();
  const label = useLabel();
  const { set } = useForm();
  const commit = (next: string) => set(path, /^\d+$/.test(next.trim()) ? Number(next) : undefined);
  const { text, type, flush } = useTyped(value === undefined ? '' : String(value), commit);
  return (
    <div className="field">
      <label htmlFor={id}>{label(String(path.at(-1)))}</label>
      <Input
        id={id}
        inputMode="numeric"
        value={text}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <Problems path={path} />
    </div>
  );
}

interface ChoiceProps extends FieldProps {
  options: { value: string; label: string }[];
  /** It may be left out. */
  isOptional?: boolean;
}

export function ChoiceField({ path, name, value, options, isOptional = false }: ChoiceProps) {
  const id = useId();
  const label = useLabel();
  const { set } = useForm();
  const { nobody } = useAdmin().words.dialogs;
  const all = isOptional ? [{ value: '', label: nobody }, ...options] : options;
  // What is written but is not there any more is shown all the same.
  const known = value === undefined || all.some((option) => option.value === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label(name ?? String(path.at(-1)))}</label>
      <Select
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        value={value ?? ''}
        options={known ? all : [...all, { value, label: value }]}
        onChange={(next: string) => set(path, next === '' ? undefined : next)}
      />
      <Problems path={path} />
    </div>
  );
}

export function StepField({ path, value, isOptional }: Omit<ChoiceProps, 'options'>) {
  const dialog = useFormDialog();
  const { kinds } = useAdmin().words.dialogs;
  const options = dialog.steps.map(({ id, type }) => ({ value: id, label: `${id} · ${kinds[type]}` }));
  return <ChoiceField path={path} value={value} options={options} isOptional={isOptional} />;
}

export function SlotField({ path, value, isOptional }: Omit<ChoiceProps, 'options'>) {
  const dialog = useFormDialog();
  const { locale } = useAdmin().settings;
  const options = Object.entries(dialog.slots).map(([name, slot]) => ({
    value: name,
    label: `${slot.name[locale]} · ${name}`,
  }));
  return <ChoiceField path={path} value={value} options={options} isOptional={isOptional} />;
}

interface WordsProps {
  path: Path;
  name?: string;
  value: readonly string[];
}

/** Words with commas between them. */
export function WordsField({ path, name, value }: WordsProps) {
  const id = useId();
  const label = useLabel();
  const { set } = useForm();
  const { text, type, flush } = useTyped(value.join('，'), (next) => {
    const words = next
      .split(/[,，、\n]/)
      .map((word) => word.trim())
      .filter(Boolean);
    set(path, words.length > 0 ? words : undefined);
  });
  return (
    <div className="field">
      <label htmlFor={id}>{label(name ?? String(path.at(-1)))}</label>
      <Input.TextArea
        id={id}
        rows={1}
        value={text}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <Problems path={path} />
    </div>
  );
}

/** A part that need not be there: a button puts it in, another takes it away. */
export function MaybePart({
  path,
  isThere,
  fresh,
  children,
}: {
  path: Path;
  isThere: boolean;
  fresh: unknown;
  children: ReactNode;
}) {
  const label = useLabel();
  const { set } = useForm();
  const { dialogs } = useAdmin().words;
  const name = label(String(path.at(-1)));
  if (!isThere)
    return (
      <Button size="small" type="dashed" onClick={() => set(path, fresh)}>
        {dialogs.addText(name)}
      </Button>
    );
  return (
    <div className="maybe">
      {children}
      <Button size="small" type="text" onClick={() => set(path, undefined)}>
        {dialogs.removePart(name)}
      </Button>
    </div>
  );
}
