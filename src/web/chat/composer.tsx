import { useRef, useState } from 'preact/hooks';
import type { Locale } from '../../contract/activity';
import { FILE_TYPES } from '../shared/upload';
import { Icon } from './icons';
import { canListen, listen } from './speech';
import type { TextName } from './texts';

export interface ComposerProps {
  locale: Locale;
  text: (name: TextName) => string;
  onSend: (text: string) => void;
  onTyping: () => void;
  onFiles: (files: Iterable<File>) => void;
  /** Takes a picture with the app that shows the chat, whose WebView may have no file chooser. */
  onPhoto?: () => Promise<File | null>;
}

const EMOJI = ['😀', '😊', '😅', '😢', '😠', '😴', '🙏', '👍', '👌', '👎', '💪', '❤️', '🎉', '🤔', '📶', '📱'];
const LONGEST = 4000;

export function Composer({ locale, text, onSend, onTyping, onFiles, onPhoto }: ComposerProps) {
  const [words, setWords] = useState('');
  const [hasEmoji, setHasEmoji] = useState(false);
  const [stopListening, setStopListening] = useState<(() => void) | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  function stretch(): void {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }
  function send(event: Event): void {
    event.preventDefault();
    const said = words.trim();
    if (said === '') return;
    onSend(said);
    setWords('');
    if (field.current) field.current.style.height = 'auto';
    field.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter takes its candidate.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    send(event);
  }
  function onPaste(event: ClipboardEvent): void {
    const { files } = event.clipboardData ?? {};
    if (!files?.length) return;
    event.preventDefault();
    onFiles(files);
  }
  function speak(): void {
    if (stopListening) return stopListening();
    const stop = listen(locale, {
      onWords: (heard) => setWords((before) => `${before}${heard}`.slice(0, LONGEST)),
      onEnd: () => setStopListening(null),
    });
    setStopListening(() => stop);
  }

  return (
    <form id="form" class="composer" onSubmit={send}>
      {hasEmoji && (
        <div class="emoji">
          {EMOJI.map((emoji) => (
            <button
              type="button"
              key={emoji}
              onClick={() => {
                setWords(`${words}${emoji}`);
                setHasEmoji(false);
                field.current?.focus();
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      <Picture text={text} onFiles={onFiles} onPhoto={onPhoto} />
      <button
        type="button"
        class="tool keyboard-has-it"
        title={text('emoji')}
        aria-label={text('emoji')}
        aria-expanded={hasEmoji}
        onClick={() => setHasEmoji(!hasEmoji)}
      >
        <Icon name="emoji" />
      </button>
      {canListen() && (
        <button
          type="button"
          class={`tool ${stopListening ? 'listening' : ''}`}
          title={text('speak')}
          aria-label={text('speak')}
          aria-pressed={stopListening !== null}
          onClick={speak}
        >
          <Icon name="microphone" />
        </button>
      )}
      <textarea
        id="text"
        ref={field}
        rows={1}
        maxLength={LONGEST}
        enterkeyhint="send"
        autocomplete="off"
        value={words}
        placeholder={text(stopListening ? 'listening' : 'placeholder')}
        aria-label={text('placeholder')}
        onInput={({ currentTarget }) => {
          setWords(currentTarget.value);
          stretch();
          onTyping();
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <button id="send" type="submit" class="send" disabled={words.trim() === ''}>
        {text('send')}
      </button>
    </form>
  );
}

function Picture({ text, onFiles, onPhoto }: Pick<ComposerProps, 'text' | 'onFiles' | 'onPhoto'>) {
  if (onPhoto) {
    const take = async () => {
      const file = await onPhoto().catch(() => null);
      if (file) onFiles([file]);
    };
    return (
      <button
        type="button"
        class="tool"
        title={text('attach')}
        aria-label={text('attach')}
        onClick={() => void take()}
      >
        <Icon name="picture" />
      </button>
    );
  }
  return (
    <label class="tool" title={text('attach')}>
      <Icon name="picture" />
      <span class="unseen">{text('attach')}</span>
      <input
        id="file"
        type="file"
        multiple
        accept={FILE_TYPES.join(',')}
        onChange={({ currentTarget: input }) => {
          onFiles([...(input.files ?? [])]);
          input.value = '';
        }}
      />
    </label>
  );
}
