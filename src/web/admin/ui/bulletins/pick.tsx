import Button from 'antd/es/button';

interface PickProps {
  label: string;
  options: { key: string; words: string; isOn: boolean; isOff?: boolean; tap: () => void }[];
}

/** A few choices side by side, each large enough for a thumb. */
export function Pick({ label, options }: PickProps) {
  return (
    <fieldset className="thumb-picks">
      <legend className="label">{label}</legend>
      {options.map(({ key, words, isOn, isOff, tap }) => (
        <Button
          key={key}
          size="large"
          type={isOn ? 'primary' : 'default'}
          aria-pressed={isOn}
          disabled={isOff}
          onClick={tap}
        >
          {words}
        </Button>
      ))}
    </fieldset>
  );
}
