import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId } from 'react';
import type { Field } from '../../state/account-form';
import { useAdmin } from '../context';

interface FieldProps {
  field: Field;
  value: string | boolean;
  isLacking: boolean;
  onChange: (value: string | boolean) => void;
}

/** One setting of an account, drawn by what it is. */
export function AccountField({ field, value, isLacking, onChange }: FieldProps) {
  const { channels } = useAdmin().words;
  const id = useId();
  const label = channels.fields[field.path] ?? field.path;
  if (field.type === 'flag')
    return (
      <Checkbox checked={value === true} onChange={({ target }) => onChange(target.checked)}>
        {label}
      </Checkbox>
    );
  const text = String(value);
  const common = { id, value: text, 'aria-invalid': isLacking, autoComplete: 'off' } as const;
  return (
    <div className="stacked">
      <label htmlFor={id} className={isLacking ? 'warn' : undefined}>
        {label}
      </label>
      {field.type === 'choice' ? (
        <Select
          id={id}
          value={text}
          options={field.options.map((each) => ({ value: each, label: channels.options[each] ?? each }))}
          onChange={onChange}
        />
      ) : field.type === 'text' || field.type === 'number' ? (
        <Input
          {...common}
          inputMode={field.type === 'number' ? 'numeric' : 'text'}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <Input.TextArea {...common} rows={3} onChange={({ target }) => onChange(target.value)} />
      )}
    </div>
  );
}
