import { useState } from 'react';
import { flowOf } from '../../../../dialogs/edit/render-value';
import { useAdmin } from '../context';
import { areFilled, CreateForm, type Creating, TextFields } from '../frame/create-form';
import { pathOf } from './use-file';

/** A dialog of one sentence and its end, to go on from. */
const firstText = (id: string, name: { zh: string; en: string }): string =>
  `id: ${id}
name: ${flowOf(name)}
steps:
  - id: begin
    type: say
    text: ${flowOf({ zh: `好的，我来帮您${name.zh}。`, en: `All right: ${name.en}.` })}
    next: over
  - id: over
    type: end
`;

const EMPTY = { zh: '', en: '' };

/** A new dialog that says one sentence. */
export function CreateDialog({ onDone, ...form }: Creating) {
  const { dialogs } = useAdmin().words;
  const [name, setName] = useState(EMPTY);
  return (
    <CreateForm
      {...form}
      words={dialogs}
      isWhole={areFilled(name)}
      write={(id) => ({
        path: pathOf(id),
        text: firstText(id, { zh: name.zh.trim(), en: name.en.trim() }),
      })}
      onDone={(id) => {
        if (id !== null) setName(EMPTY);
        onDone(id);
      }}
    >
      <TextFields
        labels={[
          ['zh', dialogs.nameZh],
          ['en', dialogs.nameEn],
        ]}
        values={name}
        onChange={(key, value) => setName((before) => ({ ...before, [key]: value }))}
      />
    </CreateForm>
  );
}
