import { useState } from 'preact/hooks';
import type { FieldClient } from './client';
import type { FieldTexts } from './texts';

/** The fields that several forms share. */
export function Select<T extends string>(props: {
  label: string;
  value: T | '';
  onValue: (value: T | '') => void;
  options: readonly T[];
  name: (option: T) => string;
}) {
  const { label, value, onValue, options, name } = props;
  return (
    <label>
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => onValue(options.find((each) => each === event.currentTarget.value) ?? '')}
      >
        {value === '' && <option value="" />}
        {options.map((option) => (
          <option key={option} value={option}>
            {name(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Note(props: { words: FieldTexts; value: string; onValue: (value: string) => void }) {
  return (
    <label>
      <span>{props.words.note}</span>
      <textarea
        rows={2}
        maxLength={500}
        value={props.value}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
    </label>
  );
}

/** Goes up as soon as it is taken: the form can be sent once it is there. */
export function PhotoField(props: {
  words: FieldTexts;
  client: FieldClient;
  photo: string | null;
  onPhoto: (photo: string | null) => void;
  hint?: string;
}) {
  const { words, client, photo, onPhoto, hint } = props;
  const [isUploading, setIsUploading] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setIsUploading(true);
    onPhoto(await client.upload(file));
    setIsUploading(false);
  };
  return (
    <div class="photo">
      <label class="plain">
        <span>{words.photo}</span>
        <input
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          disabled={isUploading}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      <p role="status">{isUploading ? words.uploading : photo ? words.photoDone : hint}</p>
    </div>
  );
}
