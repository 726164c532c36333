import { useState } from 'react';
import { newPolicyText, policyPath } from '../../state/policy-rows';
import { useAdmin } from '../context';
import { areFilled, CreateForm, type Creating, TextFields } from '../frame/create-form';

const EMPTY = { zh: '', en: '' };

/** A new promise of four hours, to be changed in its form. */
export function CreatePolicy({ onDone, ...form }: Creating) {
  const { promises } = useAdmin().words;
  const [name, setName] = useState(EMPTY);
  return (
    <CreateForm
      {...form}
      words={promises}
      isWhole={areFilled(name)}
      write={(id) => ({
        path: policyPath(id),
        text: newPolicyText({ id, zh: name.zh.trim(), en: name.en.trim() }),
      })}
      onDone={(id) => {
        if (id !== null) setName(EMPTY);
        onDone(id);
      }}
    >
      <TextFields
        labels={[
          ['zh', promises.nameZh],
          ['en', promises.nameEn],
        ]}
        values={name}
        onChange={(key, value) => setName((before) => ({ ...before, [key]: value }))}
      />
    </CreateForm>
  );
}
