import type { FieldTexts } from './texts';
import type { VisitText } from './visit-text';

/** The inputs of a visit. */
export function VisitFields(props: {
  words: FieldTexts;
  text: VisitText;
  onText: (text: VisitText) => void;
}) {
  const { words, text, onText } = props;
  const field = (name: keyof VisitText, label: string, type: 'date' | 'time') => (
    <label>
      <span>{label}</span>
      <input
        type={type}
        step={type === 'time' ? 900 : undefined}
        value={text[name]}
        onInput={(event) => onText({ ...text, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="visit">
      {field('day', words.day, 'date')}
      {field('from', words.from, 'time')}
      {field('to', words.to, 'time')}
    </div>
  );
}
