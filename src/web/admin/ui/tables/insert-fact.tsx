import Select from 'antd/es/select';
import { useMemo } from 'react';
import { factMark } from '../../../../dialogs/tables/fact-texts';
import { filesOf } from '../../state/bench';
import { factChoices, factsIn } from '../../state/table-rows';
import { useAdmin, useBench } from '../context';

/** Puts a fact of a table into a text: nobody needs to know how it is written. */
export function InsertFact({ onInsert }: { onInsert: (mark: string) => void }) {
  const { words, settings } = useAdmin();
  const { tables } = words;
  const bench = useBench();
  const choices = useMemo(() => {
    const files = filesOf(bench);
    return factChoices(files, factsIn(files), settings.locale);
  }, [bench, settings.locale]);
  if (choices.length === 0) return null;
  return (
    <Select
      size="small"
      className="insert-fact"
      aria-label={tables.insert}
      placeholder={tables.insert}
      showSearch={{ optionFilterProp: 'label' }}
      value={null}
      options={choices}
      onChange={(value: string | null) => {
        const fact = choices.find((choice) => choice.value === value);
        if (fact) onInsert(factMark(fact));
      }}
    />
  );
}
