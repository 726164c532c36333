import Button from 'antd/es/button';
import { useState } from 'react';
import type { BulletinPage, ListedBulletin } from '../../../../contract/bulletins';
import { nameOfPlace } from '../../state/place-names';
import { useAdmin, useMay, useNotice } from '../context';

interface RowProps {
  bulletin: ListedBulletin;
  isLive: boolean;
  names: Map<string, string>;
  speakTime: (at: number) => string;
  onEnded: (page: BulletinPage) => void;
}

/** One that is told or was told; what is told can be ended, with a second tap. */
export function BulletinRow({ bulletin, isLive, names, speakTime, onEnded }: RowProps) {
  const { client, words } = useAdmin();
  const { bulletins } = words;
  const say = useNotice();
  const mayPublish = useMay('bulletins.publish');
  const [isAsked, setIsAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { id, text, places, channels, at, untilAt, byName, endedAt, endedByName } = bulletin;
  const where = places.length > 0 ? places.map((place) => nameOfPlace(names, place)) : [bulletins.everywhere];
  const on = channels?.map((each) => bulletins.channels[each]) ?? [bulletins.allChannels];
  async function end(): Promise<void> {
    setFault(null);
    const done = await client.call<BulletinPage>('DELETE', `/admin/bulletins/${id}`);
    if (!done.ok) return setFault(bulletins.faults[done.code] ?? bulletins.faults.failed ?? '');
    say(bulletins.ended);
    onEnded(done.value);
  }
  return (
    <li className="bulletin">
      <p lang="zh">{text.zh}</p>
      {text.en !== null && <p lang="en">{text.en}</p>}
      <p className="quiet">
        {where.join(bulletins.between)} · {on.join(bulletins.between)}
      </p>
      <p className="quiet">
        {bulletins.by(byName, speakTime(at))} ·{' '}
        {endedAt !== null && endedByName !== null
          ? bulletins.endedBy(endedByName, speakTime(endedAt))
          : isLive
            ? bulletins.until(speakTime(untilAt))
            : bulletins.wasUntil(speakTime(untilAt))}
      </p>
      {fault !== null && (
        <p className="warn" role="alert">
          {fault}
        </p>
      )}
      {isLive &&
        mayPublish &&
        (isAsked ? (
          <div className="bulletin-sure">
            <p role="status">{bulletins.endSure}</p>
            <Button size="large" onClick={() => setIsAsked(false)}>
              {words.shell.cancel}
            </Button>
            <Button size="large" danger onClick={() => void end()}>
              {bulletins.endNow}
            </Button>
          </div>
        ) : (
          <Button size="large" onClick={() => setIsAsked(true)}>
            {bulletins.end}
          </Button>
        ))}
    </li>
  );
}
