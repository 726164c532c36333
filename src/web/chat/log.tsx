import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Attachment, Locale } from '../../contract/activity';
import type { ChatState, Line, Pending } from '../shared/chat-state';
import { OrderCard } from './order-card';
import type { TextName } from './texts';
import { Words } from './words';

export interface LogProps {
  state: ChatState;
  locale: Locale;
  text: (name: TextName) => string;
  /** Of the server's clock: a phone can be a day off. */
  now: () => number;
  onRetry: (id: string) => void;
  onTakeBack: (id: string) => void;
  onOrder?: (number: string) => void;
}

const DAY_MS = 24 * 3600_000;
/** Somebody who reads further up is not pulled down. */
const NEAR_END = 160;

const dayOf = (at: number) => new Date(at).toDateString();

function nameOfDay(at: number, { text, now, locale }: LogProps): string {
  if (dayOf(at) === dayOf(now())) return text('today');
  if (dayOf(at) === dayOf(now() - DAY_MS)) return text('yesterday');
  const form = { month: 'long', day: 'numeric', weekday: 'short' } as const;
  return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en', form).format(at);
}

function AttachmentView({ attachment, text }: { attachment: Attachment; text: LogProps['text'] }) {
  const { contentType, contentUrl, name } = attachment;
  if (contentType === 'image/svg+xml') return <img class="drawing" src={contentUrl} alt={name ?? ''} />;
  if (contentType.startsWith('image/')) {
    return (
      <a href={contentUrl} target="_blank" rel="noopener noreferrer">
        <img src={contentUrl} alt={name ?? text('picture')} />
      </a>
    );
  }
  return (
    <a href={contentUrl} target="_blank" rel="noopener noreferrer">
      {name ?? text('file')}
    </a>
  );
}

function Bubble({ line, props }: { line: Line; props: LogProps }) {
  const { text, onOrder, state, locale, now } = props;
  return (
    <>
      {line.by === 'agent' && <p class="name">{line.name ?? text('agent')}</p>}
      <div class="bubble">
        {line.isRecalled && <em>{text('recalled')}</em>}
        {line.text !== '' && <Words text={line.text} onOrder={onOrder} />}
        {line.attachments.map((attachment) => (
          <AttachmentView key={attachment.contentUrl} attachment={attachment} text={text} />
        ))}
      </div>
      {line.orders.map((number) => {
        const order = state.orders[number];
        const timeZone = state.timeZone;
        if (!order || timeZone === null) return null;
        return <OrderCard key={number} {...{ order, locale, timeZone, onOrder }} now={now()} />;
      })}
    </>
  );
}

function PendingState({ line, props }: { line: Pending; props: LogProps }) {
  const { text, onRetry, onTakeBack } = props;
  const { id, state, progress } = line;
  const isMoving = state === 'sending' && progress !== null;
  return (
    <p class={`state ${state === 'failed' ? 'failed' : ''}`}>
      {isMoving ? `${text('sending')} ${Math.round((progress ?? 0) * 100)}%` : text(state)}
      {state === 'failed' && (
        <button type="button" onClick={() => onRetry(id)}>
          {text('retry')}
        </button>
      )}
      {(state === 'failed' || isMoving) && (
        <button type="button" onClick={() => onTakeBack(id)}>
          {text('takeBack')}
        </button>
      )}
    </p>
  );
}

export function Log(props: LogProps) {
  const { state, text } = props;
  const list = useRef<HTMLOListElement>(null);
  const wasNearEnd = useRef(true);
  const { lines, pending, isTyping } = state;
  const lastIsOwn = pending.length > 0 || lines.at(-1)?.by === 'own';
  const follow = () => {
    const log = list.current;
    if (log && (wasNearEnd.current || lastIsOwn)) log.scrollTop = log.scrollHeight;
  };
  useLayoutEffect(follow, [lines.length, pending.length, isTyping, state.replies]);
  const onScroll = ({ currentTarget: log }: { currentTarget: HTMLOListElement }) => {
    wasNearEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  };
  return (
    <ol
      id="log"
      class="log"
      ref={list}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={text('log')}
      aria-live="polite"
    >
      {lines.map((line, i) => {
        const before = lines[i - 1];
        const isNewDay = !before || dayOf(before.at) !== dayOf(line.at);
        return [
          isNewDay && (
            <li key={`day-${line.id}`} class="day">
              {nameOfDay(line.at, props)}
            </li>
          ),
          <li key={line.id} class={`message ${line.by}`} onLoadCapture={follow}>
            <Bubble line={line} props={props} />
          </li>,
        ];
      })}
      {pending.map((line) => (
        <li key={line.id} class="message own pending">
          <Bubble line={line} props={props} />
          <PendingState line={line} props={props} />
        </li>
      ))}
      {isTyping && (
        <li class="typing">
          <span />
          <span />
          <span />
          <em class="unseen">{text('typing')}</em>
        </li>
      )}
    </ol>
  );
}
