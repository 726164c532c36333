import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '../../contract/activity';
import type { ChatClient } from '../shared/chat-client';
import type { ChatState } from '../shared/chat-state';
import { faultOf } from '../shared/upload';
import { Composer } from './composer';
import { HandoffBar } from './handoff-bar';
import { Icon } from './icons';
import { Log } from './log';
import { Rating } from './rating';
import { type TextName, texts } from './texts';

/** The chat as customers see it; the page and the widget put the same one into different frames. */
export interface ChatProps {
  state: ChatState;
  client: Pick<ChatClient, 'send' | 'sendFile' | 'retry' | 'takeBack' | 'typing'>;
  locale: Locale;
  isLarge: boolean;
  now: () => number;
  onLocale: (locale: Locale) => void;
  onLarge: (isLarge: boolean) => void;
  /** Of a widget: folds it away. */
  onClose?: () => void;
  /** Of an app: opens a work order there. */
  onOrder?: (number: string) => void;
  /** Of an app: takes a picture there; null when there is none. */
  onPhoto?: () => Promise<File | null>;
}

const NOTICE_MS = 6000;

export function Chat(props: ChatProps) {
  const { state, client, locale, isLarge, now, onClose } = props;
  const [notice, setNotice] = useState('');
  const [isDragging, setIsDragging] = useState(false);
  const text = (name: TextName) => texts[locale][name];
  // A page of others has a main part of its own.
  const Frame = onClose ? 'section' : 'main';

  useEffect(() => {
    if (notice === '') return;
    const timer = setTimeout(() => setNotice(''), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);

  function sendFiles(files: Iterable<File>): void {
    for (const file of files) {
      const fault = faultOf(file);
      if (fault) setNotice(text(fault === 'too-big' ? 'tooBig' : 'badType'));
      else client.sendFile(file);
    }
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setIsDragging(false);
    sendFiles(event.dataTransfer?.files ?? []);
  }

  return (
    <Frame
      class={`chat ${isLarge ? 'large' : ''}`}
      lang={locale === 'zh' ? 'zh-CN' : 'en'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsDragging(true);
      }}
      onDragLeave={() => setIsDragging(false)}
      onDrop={onDrop}
    >
      <Header {...props} text={text} />
      <HandoffBar state={state} text={text} onSay={client.send} />
      <Log
        state={state}
        locale={locale}
        text={text}
        now={now}
        onRetry={client.retry}
        onTakeBack={client.takeBack}
        onOrder={props.onOrder}
      />
      {notice !== '' && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      {isDragging && <p class="notice">{text('dropHere')}</p>}
      <Replies state={state} isLarge={isLarge} text={text} onReply={client.send} />
      <Composer
        locale={locale}
        text={text}
        onSend={client.send}
        onTyping={client.typing}
        onFiles={sendFiles}
        onPhoto={props.onPhoto}
      />
    </Frame>
  );
}

interface WithText {
  text: (name: TextName) => string;
}

function Header({ state, locale, isLarge, text, onLocale, onLarge, onClose }: ChatProps & WithText) {
  return (
    <header class="bar">
      <div class="who">
        <h1 id="title">{text('title')}</h1>
        <p id="status" role="status" class={state.status}>
          {text(state.status)}
        </p>
      </div>
      <button type="button" class="plain" aria-pressed={isLarge} onClick={() => onLarge(!isLarge)}>
        {text(isLarge ? 'normalType' : 'largeType')}
      </button>
      <button
        id="language"
        type="button"
        class="plain"
        onClick={() => onLocale(locale === 'zh' ? 'en' : 'zh')}
      >
        {text('language')}
      </button>
      {onClose && (
        <button type="button" class="plain close" aria-label={text('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

interface RepliesProps extends WithText {
  state: ChatState;
  isLarge: boolean;
  onReply: (value: string) => void;
}

/** Answers to tap; for those who read large type the way to a human is always among them. */
function Replies({ state, isLarge, text, onReply }: RepliesProps) {
  const { replies } = state;
  const human = { title: text('human'), value: text('human') };
  const isOffered = replies.some(({ value }) => value === human.value);
  const shown = isLarge && !isOffered ? [...replies, human] : replies;
  if (state.isRating && replies.length > 0) {
    return (
      <Rating replies={replies} human={isLarge ? human : null} label={text('replies')} onReply={onReply} />
    );
  }
  if (shown.length === 0) return null;
  return (
    <section id="replies" class="replies" aria-label={text('replies')}>
      {shown.map(({ title, value }) => (
        <button type="button" class="plain" key={`${title}|${value}`} onClick={() => onReply(value)}>
          {title}
        </button>
      ))}
    </section>
  );
}
