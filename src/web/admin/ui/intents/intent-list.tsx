import { useAdmin } from '../context';
import { ItemList } from '../item-list';
import { CreateIntent } from './create-intent';
import type { IntentRow } from './use-intents';

interface ListProps {
  intents: IntentRow[];
  open: string | null;
  onOpen: (id: string) => void;
}

/** Every intent with how many examples it has. */
export function IntentList({ intents: rows, open, onOpen }: ListProps) {
  const { intents } = useAdmin().words;
  const items = rows.map(({ id, name, path, rows: examples }) => ({
    id,
    name,
    path,
    tag: intents.count(examples.length),
  }));
  return (
    <ItemList
      items={items}
      open={open}
      onOpen={onOpen}
      words={intents}
      creating={(form) => <CreateIntent {...form} />}
    />
  );
}
