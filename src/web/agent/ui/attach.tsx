import Button from 'antd/es/button';
import { useRef } from 'react';
import type { ChannelId } from '../../../contract/activity';
import { agentMeans } from '../../../contract/agent-means';
import { useDesk } from './context';

/** Sends a file, where the channel carries any; below the field stands what it does not. */
export function Attach({ id, channel }: { id: string; channel: ChannelId }) {
  const { client, words } = useDesk();
  const { talk } = words;
  const input = useRef<HTMLInputElement>(null);
  const { files } = agentMeans[channel];
  const limit = talk.limits[channel];
  return (
    <>
      {limit && <span className="quiet channel-limit">{limit}</span>}
      {files.length > 0 && (
        <>
          <Button size="small" type="text" onClick={() => input.current?.click()}>
            {talk.attach}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={talk.attach}
            accept={files.join(',')}
            onChange={({ currentTarget }) => {
              for (const file of currentTarget.files ?? []) client.sendFile(id, channel, file);
              currentTarget.value = '';
            }}
          />
        </>
      )}
    </>
  );
}
