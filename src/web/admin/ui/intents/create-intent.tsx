import Select from 'antd/es/select';
import { useId, useState } from 'react';
import { intentPath, type NewIntent, newIntentText } from '../../../../content/intents/edit-intents';
import { useAdmin } from '../context';
import { areFilled, CreateForm, type Creating, TextFields } from '../frame/create-form';

const EMPTY = { zh: '', en: '', firstZh: '', firstEn: '' };
const ROLES = ['concern', 'answer'] as const;

/** A new intent with its first example in each language. */
export function CreateIntent({ onDone, ...form }: Creating) {
  const { dialogs, intents } = useAdmin().words;
  const [made, setMade] = useState(EMPTY);
  const [role, setRole] = useState<NewIntent['role']>('concern');
  const own = useId();
  function write(id: string): { path: string; text: string } {
    const examples = { zh: made.firstZh.trim(), en: made.firstEn.trim() };
    const text = newIntentText({ id, zh: made.zh.trim(), en: made.en.trim(), role, examples });
    return { path: intentPath(id), text };
  }
  return (
    <CreateForm
      {...form}
      words={{ create: intents.create, createHint: dialogs.createHint }}
      isWhole={areFilled(made)}
      write={write}
      onDone={(id) => {
        if (id !== null) setMade(EMPTY);
        onDone(id);
      }}
    >
      <TextFields
        labels={[
          ['zh', dialogs.nameZh],
          ['en', dialogs.nameEn],
          ['firstZh', intents.firstZh],
          ['firstEn', intents.firstEn],
        ]}
        values={made}
        onChange={(key, value) => setMade((before) => ({ ...before, [key]: value }))}
      />
      <label htmlFor={own}>{intents.role}</label>
      <Select
        id={own}
        value={role}
        options={ROLES.map((value) => ({ value, label: intents.roles[value] }))}
        onChange={setRole}
      />
    </CreateForm>
  );
}
