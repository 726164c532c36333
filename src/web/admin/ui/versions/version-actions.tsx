import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import type { ContentVersion } from '../../../../contract/content-editing';
import { useAdmin, useBench, useMayEverywhere, useNotice } from '../context';

interface ActionsProps {
  version: ContentVersion;
  /** True when there is another version to go back to. */
  hasOthers: boolean;
  onDone: () => void;
}

/** What can be done with a version, by where it stands: each in one click, and one to be sure. */
export function VersionActions({ version, hasOthers, onDone }: ActionsProps) {
  const { client, words } = useAdmin();
  const { publish } = words;
  const say = useNotice();
  const mayPublish = useMayEverywhere('content.publish');
  const mayEdit = useMayEverywhere('content.edit');
  const hasChanges = (useBench().draft?.changed.length ?? 0) > 0;
  const { id, number, state } = version;
  /** What changes the version that drafts are made on. */
  async function change(path: string, body: object, done?: string): Promise<void> {
    const isChanged = await client.inTurn(async () => {
      if ((await client.ask('POST', `/admin/content/${path}`, body)) === null) return false;
      await client.readDraft();
      return true;
    });
    if (!isChanged) return;
    if (done !== undefined) say(done);
    onDone();
  }
  const act = (path: string, message: string, done: string, more: object = {}): Promise<void> =>
    change(path, { version: id, message, ...more }, done);
  async function unschedule(): Promise<void> {
    if ((await client.ask('DELETE', '/admin/content/schedule')) === null) return;
    say(publish.unscheduled);
    onDone();
  }
  if (state.type === 'offered')
    return mayEdit ? (
      <Button size="small" disabled={hasChanges} onClick={() => void change('offered/take', {})}>
        {publish.takeOffered}
      </Button>
    ) : null;
  if (!mayPublish) return null;
  const isServed = state.type === 'current' || state.type === 'rolling-out';
  return (
    <>
      {state.type === 'past' && (
        <Popconfirm
          title={publish.rollBack}
          description={publish.rollBackHint}
          onConfirm={() => void act('roll-back', publish.backMessage(number), publish.rolledBack)}
        >
          <Button size="small">{publish.rollBack}</Button>
        </Popconfirm>
      )}
      {state.type === 'scheduled' && (
        <Button size="small" onClick={() => void unschedule()}>
          {publish.unschedule}
        </Button>
      )}
      {state.type === 'rolling-out' && (
        <Button
          size="small"
          type="primary"
          onClick={() => {
            const whole = { share: 1, channels: null };
            void act('roll-out', publish.widenMessage(number), publish.widened, whole);
          }}
        >
          {publish.widen}
        </Button>
      )}
      {isServed && hasOthers && (
        <Popconfirm
          title={publish.stop}
          description={publish.stopHint}
          okButtonProps={{ danger: true }}
          onConfirm={() => void act('stop', publish.stopMessage(number), publish.stopped)}
        >
          <Button size="small" danger>
            {publish.stop}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
