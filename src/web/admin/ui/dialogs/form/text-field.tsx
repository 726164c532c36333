import Input from 'antd/es/input';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useId, useRef } from 'react';
import type { Locale } from '../../../../../contract/activity';
import type { Path } from '../../../../../dialogs/edit/yaml-places';
import type { LocalizedText } from '../../../../../dialogs/schema';
import { withFact } from '../../../state/table-rows';
import { useAdmin } from '../../context';
import { InsertFact } from '../../tables/insert-fact';
import { useLabel } from './fields';
import { Problems, useForm } from './step-context';
import { useTyped } from './use-typed';

const BUBBLE = 60;
const LONG_BUBBLE = 120;
const LOCALES = ['zh', 'en'] as const;

/** A text in both languages, side by side; words of a channel of its own below. */
export function TextField({
  path,
  name,
  value,
  hasFacts = false,
}: {
  path: Path;
  /** What it is called; by the last key of the path unless told otherwise. */
  name?: string;
  value: LocalizedText | { zh: string; en: string };
  /** Whether it may name facts of tables. */
  hasFacts?: boolean;
}) {
  const label = useLabel();
  const { words } = useAdmin();
  const most = 'bubble' in value && value.bubble === 'long' ? LONG_BUBBLE : BUBBLE;
  const channels = 'channels' in value ? Object.entries(value.channels ?? {}) : [];
  const names: Record<string, string> = words.dialogs.channels;
  return (
    <fieldset className="text-field">
      <legend>{name ?? label(String(path.at(-1)))}</legend>
      <div className="languages">
        {LOCALES.map((locale) => (
          <OneLanguage
            key={locale}
            path={[...path, locale]}
            locale={locale}
            value={value[locale]}
            most={most}
            hasFacts={hasFacts}
          />
        ))}
      </div>
      {channels.map(([channel, own]) => (
        <div key={channel} className="languages of-channel">
          {LOCALES.map((locale) => (
            <OneLanguage
              key={locale}
              path={[...path, 'channels', channel, locale]}
              locale={locale}
              value={own?.[locale] ?? ''}
              most={most}
              hasFacts={hasFacts}
              channel={names[channel] ?? channel}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

interface OneProps {
  path: Path;
  locale: Locale;
  value: string;
  /** How long it may be. */
  most: number;
  hasFacts: boolean;
  channel?: string;
}

function OneLanguage({ path, locale, value, most, hasFacts, channel }: OneProps) {
  const id = useId();
  const { dialogs } = useAdmin().words;
  const { set } = useForm();
  const { text, type, flush } = useTyped(value, (next) => set(path, next));
  const area = useRef<TextAreaRef>(null);
  const insert = (mark: string) =>
    type(withFact(text, area.current?.resizableTextArea?.textArea.selectionEnd ?? text.length, mark));
  // English takes about twice the letters.
  const limit = locale === 'zh' ? most : most * 2.5;
  const isLong = text.length > limit && !text.includes('{');
  const name = channel ? `${channel} · ${dialogs.inLanguage[locale]}` : dialogs.inLanguage[locale];
  return (
    <div className="one-language">
      <label htmlFor={id}>{name}</label>
      <Input.TextArea
        id={id}
        ref={area}
        lang={locale}
        value={text}
        rows={2}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <p className={isLong ? 'count warn' : 'count'}>{dialogs.length(text.length, limit)}</p>
      {hasFacts && <InsertFact onInsert={insert} />}
      <Problems path={path} />
    </div>
  );
}
