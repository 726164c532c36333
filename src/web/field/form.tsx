import { useState } from 'preact/hooks';
import type { Locale } from '../../contract/activity';
import {
  type Cause,
  causes,
  type FieldAct,
  type Reading,
  reassignReasons,
  revisitReasons,
  suspendReasons,
} from '../../contract/field';
import type { FieldJob } from '../../contract/field-job';
import { causeWords, revisitWords } from '../../contract/field-words';
import { reasonWords } from '../../sla/words';
import { speakTime } from '../../speak-time';
import type { FieldClient } from './client';
import { Note, PhotoField, Select } from './form-fields';
import type { FieldTexts } from './texts';
import { VisitFields } from './visit-fields';
import { nextHour, readVisit, type VisitText } from './visit-text';

export type FormName = 'appoint' | 'identity' | 'suspend' | 'finish' | 'revisit' | 'reassign';

export interface FormProps {
  name: FormName;
  job: FieldJob;
  words: FieldTexts;
  locale: Locale;
  now: number;
  client: FieldClient;
  close: () => void;
}

/** What has to be said with an act. It stays as it was filled in until the act was taken. */
export function Form(props: FormProps) {
  const { name, words, client, close } = props;
  const [isSending, setIsSending] = useState(false);
  const submit = async (act: FieldAct | null): Promise<void> => {
    if (act === null) return;
    setIsSending(true);
    const isTaken = await client.act(act);
    setIsSending(false);
    if (isTaken) close();
  };
  const Fields = forms[name];
  return (
    <section class="form">
      <h2>{words[name]}</h2>
      <Fields {...props} submit={submit} isSending={isSending} />
    </section>
  );
}

interface FieldsProps extends FormProps {
  submit: (act: FieldAct | null) => Promise<void>;
  isSending: boolean;
}

const forms: Record<FormName, (props: FieldsProps) => preact.JSX.Element> = {
  appoint: AppointForm,
  identity: IdentityForm,
  suspend: SuspendForm,
  finish: FinishForm,
  revisit: RevisitForm,
  reassign: ReassignForm,
};

function Buttons({ words, close, isReady, isSending }: FieldsProps & { isReady: boolean }) {
  return (
    <div class="buttons">
      <button type="button" class="plain" onClick={close}>
        {words.back}
      </button>
      <button type="submit" class="send" disabled={!isReady || isSending}>
        {words.confirm}
      </button>
    </div>
  );
}

/** A form that gives an act, or null while something is missing. */
function Sheet(props: FieldsProps & { act: FieldAct | null; children: preact.ComponentChildren }) {
  const { act, submit, children } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit(act);
      }}
    >
      {children}
      <Buttons {...props} isReady={act !== null} />
    </form>
  );
}

function AppointForm(props: FieldsProps) {
  const { job, words, locale, now } = props;
  const [text, setText] = useState<VisitText>(() => nextHour(now, job.timeZone));
  const visit = readVisit(text, job.timeZone);
  const isLate = visit !== null && job.pause === null && visit.endAt > job.promiseAt;
  const promised = speakTime(job.promiseAt, { locale, timeZone: job.timeZone, now });
  return (
    <Sheet {...props} act={visit && { type: 'appoint', ...visit }}>
      <VisitFields words={words} text={text} onText={setText} />
      {isLate && <p class="banner warn">{words.tooLate(promised)}</p>}
    </Sheet>
  );
}

/** One tap for what was seen; nothing of the document is typed or photographed. */
function IdentityForm({ words, close, submit, isSending }: FieldsProps) {
  const tell = (isVerified: boolean) => () => void submit({ type: 'identity', isVerified });
  return (
    <div class="identity">
      <p>{words.identityHint}</p>
      <button type="button" class="send main" disabled={isSending} onClick={tell(true)}>
        {words.identityVerified}
      </button>
      <button type="button" class="plain" disabled={isSending} onClick={tell(false)}>
        {words.identityMismatch}
      </button>
      <p>{words.mismatchHint}</p>
      <button type="button" class="plain" disabled={isSending} onClick={close}>
        {words.back}
      </button>
    </div>
  );
}

function SuspendForm(props: FieldsProps) {
  const { words, locale, client } = props;
  const [reason, setReason] = useState<(typeof suspendReasons)[number] | ''>('');
  const [photo, setPhoto] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const isWhole = reason !== '' && photo !== null;
  return (
    <Sheet {...props} act={isWhole ? { type: 'suspend', reason, photo, note: note || null } : null}>
      <Select
        label={words.reason}
        value={reason}
        onValue={setReason}
        options={suspendReasons}
        name={(each) => reasonWords[each][locale]}
      />
      <PhotoField words={words} client={client} photo={photo} onPhoto={setPhoto} hint={words.photoNeeded} />
      <Note words={words} value={note} onValue={setNote} />
    </Sheet>
  );
}

const readingTypes = ['optical', 'speed', 'mobile'] as const;
const units = { optical: 'dBm', speed: 'Mbps', mobile: 'dBm' };

function readingOf(type: (typeof readingTypes)[number], text: string): Reading | null {
  const value = Number(text.replace('－', '-').replace('−', '-'));
  if (text.trim() === '' || Number.isNaN(value)) return null;
  if (type === 'speed') return { type, mbps: value };
  return type === 'optical' ? { type, dbm: value } : { type, rsrpDbm: value };
}

function FinishForm(props: FieldsProps) {
  const { words, locale, client, job } = props;
  const [cause, setCause] = useState<Cause | ''>(job.kind === 'installation' ? 'installed' : '');
  const [type, setType] = useState<(typeof readingTypes)[number]>('optical');
  const [value, setValue] = useState('');
  const [photo, setPhoto] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const reading = readingOf(type, value);
  const isWhole = cause !== '' && reading !== null;
  return (
    <Sheet {...props} act={isWhole ? { type: 'finish', cause, reading, photo, note: note || null } : null}>
      <Select
        label={words.cause}
        value={cause}
        onValue={setCause}
        options={causes}
        name={(each) => causeWords[each][locale]}
      />
      <div class="pair">
        <Select
          label={words.reading}
          value={type}
          onValue={(chosen) => chosen !== '' && setType(chosen)}
          options={readingTypes}
          name={(each) => words[each]}
        />
        <label>
          <span>{units[type]}</span>
          <input
            inputMode={type === 'speed' ? 'decimal' : 'text'}
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
            placeholder={type === 'speed' ? '500' : '-20'}
          />
        </label>
      </div>
      <PhotoField words={words} client={client} photo={photo} onPhoto={setPhoto} />
      <Note words={words} value={note} onValue={setNote} />
    </Sheet>
  );
}

function RevisitForm(props: FieldsProps) {
  const { words, locale, client, job } = props;
  const [reason, setReason] = useState<(typeof revisitReasons)[number] | ''>('');
  const [text, setText] = useState<VisitText>({ day: '', from: '', to: '' });
  const [photo, setPhoto] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const visit = readVisit(text, job.timeZone);
  const isHalf = visit === null && (text.day !== '' || text.from !== '' || text.to !== '');
  const isWhole = reason !== '' && !isHalf;
  return (
    <Sheet {...props} act={isWhole ? { type: 'revisit', reason, visit, photo, note: note || null } : null}>
      <Select
        label={words.reason}
        value={reason}
        onValue={setReason}
        options={revisitReasons}
        name={(each) => revisitWords[each][locale]}
      />
      <fieldset>
        <legend>{words.nextVisit}</legend>
        <VisitFields words={words} text={text} onText={setText} />
      </fieldset>
      <PhotoField words={words} client={client} photo={photo} onPhoto={setPhoto} />
      <Note words={words} value={note} onValue={setNote} />
    </Sheet>
  );
}

function ReassignForm(props: FieldsProps) {
  const { words } = props;
  const [reason, setReason] = useState<(typeof reassignReasons)[number] | ''>('');
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [phone, setPhone] = useState('');
  const given = [id, name, phone].filter((each) => each.trim() !== '').length;
  const isHalf = given > 0 && given < 3;
  const to = given === 0 ? null : { id: id.trim(), name: name.trim(), phone: phone.trim() };
  const isWhole = reason !== '' && !isHalf;
  return (
    <Sheet {...props} act={isWhole ? { type: 'reassign', reason, to, note: note || null } : null}>
      <Select
        label={words.reason}
        value={reason}
        onValue={setReason}
        options={reassignReasons}
        name={(each) => words.reassigns[each]}
      />
      <fieldset>
        <legend>{words.colleague}</legend>
        <div class="pair">
          <label>
            <span>{words.staff}</span>
            <input value={id} maxLength={40} onInput={(event) => setId(event.currentTarget.value)} />
          </label>
          <label>
            <span>{words.name}</span>
            <input value={name} maxLength={60} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
        </div>
        <label>
          <span>{words.phone}</span>
          <input
            type="tel"
            value={phone}
            maxLength={30}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
        </label>
      </fieldset>
      <Note words={words} value={note} onValue={setNote} />
    </Sheet>
  );
}
