import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import { type ChannelId, channelIdSchema } from '../../../../contract/activity';
import {
  type BulletinPage,
  type BulletinPlace,
  bulletinTextSchema,
  DEFAULT_BULLETIN_MINUTES,
} from '../../../../contract/bulletins';
import { newUuid } from '../../../staff/new-uuid';
import { nameOfPlace } from '../../state/place-names';
import { useAdmin, useNotice } from '../context';
import { BulletinPreview } from './bulletin-preview';
import { ChoosePlaces } from './choose-places';
import { Pick } from './pick';

const SPANS = [60, 120, DEFAULT_BULLETIN_MINUTES, 480, 1440, 2880];
const MOST = { zh: 200, en: 400 };
const CHANNELS = channelIdSchema.options;

interface WriteProps {
  page: BulletinPage;
  names: Map<string, string>;
  isFull: boolean;
  speakTime: (at: number) => string;
  onPublished: (page: BulletinPage) => void;
}

/** Writing one: what, where, how long; then a look at it, and a second tap. */
export function WriteBulletin({ page, names, isFull, speakTime, onPublished }: WriteProps) {
  const { client, words } = useAdmin();
  const { bulletins } = words;
  const say = useNotice();
  const field = useId();
  // The same until it was taken: sent again it is one.
  const [id, setId] = useState(newUuid);
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [isLocal, setIsLocal] = useState(false);
  const [places, setPlaces] = useState<BulletinPlace[]>([]);
  const [channels, setChannels] = useState<ChannelId[]>([]);
  const [minutes, setMinutes] = useState(DEFAULT_BULLETIN_MINUTES);
  const [isAsked, setIsAsked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const text = { zh: zh.trim(), en: en.trim() === '' ? null : en.trim() };
  const isFit = bulletinTextSchema.safeParse(text).success;
  const lack = isFull
    ? bulletins.full
    : text.zh === ''
      ? bulletins.missing
      : !isFit
        ? bulletins.markup
        : isLocal && places.length === 0
          ? bulletins.missingPlace
          : null;
  const where = isLocal
    ? places.map((place) => nameOfPlace(names, place)).join(bulletins.between)
    : bulletins.everywhere;

  const onWhich =
    channels.length > 0
      ? channels.map((each) => bulletins.channels[each]).join(bulletins.between)
      : bulletins.allChannels;

  async function publish(): Promise<void> {
    setIsBusy(true);
    setFault(null);
    const body = {
      id,
      text,
      places: isLocal ? places : [],
      channels: channels.length > 0 ? channels : null,
      minutes,
    };
    const done = await client.call<BulletinPage>('POST', '/admin/bulletins', body);
    setIsBusy(false);
    if (!done.ok) return setFault(bulletins.faults[done.code] ?? bulletins.faults.failed ?? '');
    setIsAsked(false);
    setId(newUuid());
    setZh('');
    setEn('');
    setPlaces([]);
    setIsLocal(false);
    setChannels([]);
    setMinutes(DEFAULT_BULLETIN_MINUTES);
    say(bulletins.done);
    onPublished(done.value);
  }

  return (
    <section className="card bulletin-form" aria-label={bulletins.title}>
      <p className="hint">{bulletins.hint}</p>
      {/* What is confirmed stands alone: it is read once more, and not changed by the way. */}
      {!isAsked && (
        <>
          <label htmlFor={`${field}z`}>
            {bulletins.zh} <span>{bulletins.counted(zh.length, MOST.zh)}</span>
          </label>
          <Input.TextArea
            id={`${field}z`}
            rows={3}
            lang="zh"
            maxLength={MOST.zh}
            value={zh}
            onChange={({ target }) => setZh(oneLine(target.value))}
          />
          <label htmlFor={`${field}e`}>
            {bulletins.en} <span>{bulletins.counted(en.length, MOST.en)}</span>
          </label>
          <Input.TextArea
            id={`${field}e`}
            rows={2}
            lang="en"
            maxLength={MOST.en}
            value={en}
            onChange={({ target }) => setEn(oneLine(target.value))}
          />
          <Pick
            label={bulletins.where}
            options={[
              { key: 'all', words: bulletins.everywhere, isOn: !isLocal, tap: () => setIsLocal(false) },
              {
                key: 'some',
                words: bulletins.somewhere,
                isOn: isLocal,
                isOff: page.places.length === 0,
                tap: () => setIsLocal(true),
              },
            ]}
          />
          {page.places.length === 0 && <p className="quiet">{bulletins.noPlaces}</p>}
          {isLocal && (
            <>
              <p className="quiet">{bulletins.whereHint}</p>
              <ChoosePlaces choices={page.places} names={names} chosen={places} change={setPlaces} />
            </>
          )}
          <Pick
            label={bulletins.howLong}
            options={SPANS.map((span) => ({
              key: String(span),
              words: bulletins.span(span),
              isOn: minutes === span,
              tap: () => setMinutes(span),
            }))}
          />
          <Pick
            label={bulletins.channelsLabel}
            options={[
              {
                key: 'all',
                words: bulletins.allChannels,
                isOn: channels.length === 0,
                tap: () => setChannels([]),
              },
              ...CHANNELS.map((each) => ({
                key: each,
                words: bulletins.channels[each],
                isOn: channels.includes(each),
                tap: () =>
                  setChannels(
                    channels.includes(each) ? channels.filter((one) => one !== each) : [...channels, each],
                  ),
              })),
            ]}
          />
        </>
      )}
      <BulletinPreview zh={isFit ? text.zh : ''} en={text.en ?? ''} />
      {fault !== null && <Alert type="error" role="alert" title={fault} />}
      {isAsked ? (
        <div className="bulletin-sure">
          <p role="status">{bulletins.sure(where, onWhich, speakTime(page.now + minutes * 60_000))}</p>
          <Button size="large" onClick={() => setIsAsked(false)}>
            {bulletins.back}
          </Button>
          <Button size="large" type="primary" loading={isBusy} onClick={() => void publish()}>
            {bulletins.confirm}
          </Button>
        </div>
      ) : (
        <>
          {lack !== null && <p className="quiet">{lack}</p>}
          <Button block size="large" type="primary" disabled={lack !== null} onClick={() => setIsAsked(true)}>
            {bulletins.publish}
          </Button>
        </>
      )}
    </section>
  );
}

/** What is pasted with line breaks becomes one line. */
const oneLine = (text: string): string => text.replace(/[\r\n\t]+/g, ' ');
