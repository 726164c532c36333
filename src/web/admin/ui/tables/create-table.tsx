import { useState } from 'react';
import { newTableText } from '../../../../dialogs/tables/edit-table';
import { tablePath } from '../../state/table-rows';
import { useAdmin } from '../context';
import { CreateForm, type Creating } from '../frame/create-form';
import { Tabs } from '../frame/tabs';

const KINDS = ['prices', 'hours'] as const;

/** A new table with the columns of its kind. */
export function CreateTable(form: Creating) {
  const { tables } = useAdmin().words;
  const [kind, setKind] = useState<(typeof KINDS)[number]>('prices');
  return (
    <CreateForm
      {...form}
      words={tables}
      isWhole
      write={(id) => ({ path: tablePath(id), text: newTableText(kind) })}
    >
      <p>{tables.kind}</p>
      <Tabs label={tables.kind} all={KINDS} names={tables.kinds} shown={kind} onShow={setKind} />
    </CreateForm>
  );
}
