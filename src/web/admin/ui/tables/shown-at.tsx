import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useAdmin } from '../context';

interface ShownAtProps {
  places: readonly string[];
  /** Null for a customer of whom nothing is known. */
  place: string | null;
  day: string;
  onPlace: (place: string | null) => void;
  onDay: (day: string) => void;
}

/** Where and when a text is shown as said. */
export function ShownAt({ places, place, day, onPlace, onDay }: ShownAtProps) {
  const { tables } = useAdmin().words;
  return (
    <fieldset className="shown-at">
      <legend className="quiet">{tables.shownAt}</legend>
      <Select
        aria-label={tables.place}
        value={place}
        options={[
          { value: null, label: tables.everywhere },
          ...places.map((each) => ({ value: each, label: each })),
        ]}
        onChange={(chosen: string | null) => onPlace(chosen)}
      />
      <Input
        type="date"
        aria-label={tables.day}
        value={day}
        onChange={({ target }) => target.value !== '' && onDay(target.value)}
      />
    </fieldset>
  );
}
