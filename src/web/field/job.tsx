import { useState } from 'preact/hooks';
import type { Locale } from '../../contract/activity';
import type { FieldJob, PrivacyNumber } from '../../contract/field-job';
import { orderKindWords } from '../../contract/order-words';
import { reasonWords } from '../../sla/words';
import { speakTime, speakWindow } from '../../speak-time';
import type { FieldClient, FieldState } from './client';
import { Form, type FormName } from './form';
import { type FieldTexts, texts } from './texts';

export interface JobProps {
  state: FieldState;
  client: FieldClient;
  locale: Locale;
  now: () => number;
}

/** One order: what it is, by when, and what can be done with it where it stands. */
export function Job({ state, client, locale, now }: JobProps) {
  const words = texts[locale];
  const [form, setForm] = useState<FormName | null>(null);
  const { job, fault, end } = state;
  if (end !== null || job === null) return <Notice state={state} client={client} words={words} />;
  const isIdle = !state.isWaiting;
  return (
    <main class="field">
      <Head job={job} words={words} locale={locale} now={now()} />
      <Facts job={job} words={words} locale={locale} now={now()} />
      {state.isWaiting && (
        <p class="banner" role="status">
          {state.isOffline ? words.waiting : words.sending}
        </p>
      )}
      {fault !== null && (
        <p class="banner warn" role="alert">
          {words.errors[fault] ?? words.failed}
        </p>
      )}
      {form === null ? (
        <Actions
          job={job}
          words={words}
          locale={locale}
          now={now()}
          client={client}
          isIdle={isIdle}
          open={setForm}
        />
      ) : (
        <Form
          name={form}
          job={job}
          words={words}
          locale={locale}
          now={now()}
          client={client}
          close={() => setForm(null)}
        />
      )}
    </main>
  );
}

/** Before there is an order to show, and when there is none any more. */
function Notice({
  state: { end, fault },
  client,
  words,
}: Pick<JobProps, 'state' | 'client'> & { words: FieldTexts }) {
  const known = end ?? fault;
  const said = known === null ? words.loading : (words.errors[known] ?? words.failed);
  return (
    <main class="field empty">
      <h1>{words.title}</h1>
      <p role={end || fault ? 'alert' : 'status'}>{said}</p>
      {fault && !end && (
        <button type="button" class="plain" onClick={() => void client.load()}>
          {words.retry}
        </button>
      )}
    </main>
  );
}

interface PartProps {
  job: FieldJob;
  words: FieldTexts;
  locale: Locale;
  now: number;
}

const isOver = ({ status }: FieldJob): boolean =>
  status === 'resolved' || status === 'closed' || status === 'cancelled';

/** How far it has come: sent, accepted, on site, done. */
function stageOf({ status, field }: FieldJob): number {
  if (status === 'resolved' || status === 'closed') return 3;
  if (field.arrivedAt !== null) return 2;
  return field.hasAccepted ? 1 : 0;
}

function Head({ job, words, locale, now }: PartProps) {
  const stage = stageOf(job);
  return (
    <header>
      <div class="title">
        <h1>
          {orderKindWords[locale][job.kind]} <span class="number">{job.number}</span>
        </h1>
        {job.priority !== 'normal' && <span class="tag warn">{words.urgent}</span>}
        {job.repeats > 0 && <span class="tag">{words.repeat(job.repeats)}</span>}
      </div>
      <ol class="stages" aria-label={words.stages[stage]}>
        {words.stages.map((name, i) => (
          <li key={name} class={i <= stage ? 'done' : ''} aria-current={i === stage ? 'step' : undefined}>
            {name}
          </li>
        ))}
      </ol>
      {!isOver(job) && <PromiseLine job={job} words={words} locale={locale} now={now} />}
    </header>
  );
}

/** "3 h 20 min". */
function spanOf(ms: number, locale: Locale): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const [h, m] = locale === 'zh' ? [' 小时', ' 分'] : [' h', ' min'];
  if (hours >= 48) return locale === 'zh' ? `${Math.floor(hours / 24)} 天` : `${Math.floor(hours / 24)} days`;
  return [hours > 0 && `${hours}${h}`, rest > 0 && `${rest}${m}`].filter(Boolean).join(' ');
}

function PromiseLine({ job, words, locale, now }: PartProps) {
  const context = { locale, timeZone: job.timeZone, now };
  const left = job.promiseAt - now;
  return (
    <>
      <p class={`promise ${left < 0 ? 'late' : left < 3600_000 ? 'soon' : ''}`}>
        <span>
          {words.promise} {speakTime(job.promiseAt, context)}
        </span>
        {job.pause === null && (
          <strong>{left < 0 ? words.late(spanOf(left, locale)) : words.left(spanOf(left, locale))}</strong>
        )}
      </p>
      {job.pause && (
        <p class="banner">
          {words.paused}：{reasonWords[job.pause.reason][locale]}
          {job.pause.isDisputed && <em>{words.disputed}</em>}
        </p>
      )}
    </>
  );
}

/** Of an installation alone: what was seen, or that it still has to be. */
function identityWords({ kind, field }: FieldJob, words: FieldTexts): string | null {
  if (kind !== 'installation') return null;
  if (field.identity === null) return words.identityOpen;
  return field.identity.isVerified ? words.identityVerified : words.identityMismatch;
}

function Facts({ job, words, locale, now }: PartProps) {
  const context = { locale, timeZone: job.timeZone, now };
  const { test } = job;
  const rows: [string, string | null][] = [
    [words.address, job.address],
    [words.visit, job.appointment && speakWindow(job.appointment, context)],
    [words.said, job.summary],
    [words.identityShort, identityWords(job, words)],
    [
      words.test,
      test &&
        [
          words.verdicts[test.verdict] ?? test.verdict,
          test.rxPowerDbm !== null && `${test.rxPowerDbm} dBm`,
          test.speedMbps !== null && `${test.speedMbps} Mbps`,
        ]
          .filter(Boolean)
          .join(' · '),
    ],
  ];
  const shown = rows.flatMap(([name, value]) => (value ? [{ name, value }] : []));
  if (shown.length === 0) return null;
  return (
    <dl>
      {shown.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ActionsProps extends PartProps {
  client: FieldClient;
  isIdle: boolean;
  open: (form: FormName) => void;
}

function Actions(props: ActionsProps) {
  const { job, words, client, isIdle, open } = props;
  if (isOver(job)) return <Over job={job} words={words} />;
  const { hasAccepted, arrivedAt } = job.field;
  const isThere = arrivedAt !== null;
  // Nothing is done before the holder's document was seen.
  const next = job.isIdentityMissing ? 'identity' : 'finish';
  const act = (type: 'accept' | 'arrive' | 'resume') => (
    <button type="button" class="send main" disabled={!isIdle} onClick={() => void client.act({ type })}>
      {words[type]}
    </button>
  );
  const form = (name: FormName, look = 'plain') => (
    <button type="button" class={look} disabled={!isIdle} onClick={() => open(name)}>
      {words[name]}
    </button>
  );
  return (
    <section class="actions">
      {!hasAccepted ? act('accept') : isThere ? form(next, 'send main') : act('arrive')}
      {job.isCallable && <CallCustomer {...props} />}
      <div class="others">
        {job.pause !== null && isThere && act('resume')}
        {job.pause !== null && !isThere && (
          <button
            type="button"
            class="plain"
            disabled={!isIdle}
            onClick={() => void client.act({ type: 'resume' })}
          >
            {words.resume}
          </button>
        )}
        {isThere && job.kind === 'installation' && next !== 'identity' && form('identity')}
        {isThere ? form('revisit') : form('appoint')}
        {job.pause === null && hasAccepted && form('suspend')}
        {form('reassign')}
      </div>
    </section>
  );
}

/** The number is shown as well as dialled: the phone on which this page is open need not be the one that calls. */
function CallCustomer({ job, words, locale, now, client, isIdle }: ActionsProps) {
  const [number, setNumber] = useState<PrivacyNumber | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const ask = async (): Promise<void> => {
    setIsAsking(true);
    setNumber(await client.call());
    setIsAsking(false);
  };
  const isGood = number !== null && number.expiresAt > now;
  const context = { locale, timeZone: job.timeZone, now };
  return (
    <div class="call">
      {isGood ? (
        <a class="plain dial" href={`tel:${number.phone}`}>
          {words.dial(number.phone)}
        </a>
      ) : (
        <button type="button" class="plain" disabled={!isIdle || isAsking} onClick={() => void ask()}>
          {words.call}
        </button>
      )}
      <p>
        {isGood ? words.validUntil(speakTime(number.expiresAt, context)) : words.callHint}
        {job.calls.length > 0 && ` ${words.called(job.calls.length)}`}
      </p>
    </div>
  );
}

function Over({ job: { status }, words }: Pick<PartProps, 'job' | 'words'>) {
  const isCancelled = status === 'cancelled';
  return (
    <section class="over" role="status">
      <h2>{isCancelled ? words.gone : status === 'closed' ? words.over : words.done}</h2>
      {status !== 'closed' && <p>{isCancelled ? words.goneHint : words.doneHint}</p>}
    </section>
  );
}
