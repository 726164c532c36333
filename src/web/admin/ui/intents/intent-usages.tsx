import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Popconfirm from 'antd/es/popconfirm';
import { useId, useMemo, useState } from 'react';
import {
  deleteIntent,
  intentUsages,
  OWN_INTENTS,
  renameIntent,
} from '../../../../content/intents/edit-intents';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench, useNotice } from '../context';
import { dialogIdOf } from '../dialogs/use-file';
import { useIdFault } from '../frame/use-id-fault';
import { usePlace } from '../use-place';
import type { IntentRow } from './use-intents';

interface UsagesProps {
  intent: IntentRow;
  intents: IntentRow[];
  onOpen: (id: string | null) => void;
}

/** Where an intent is used; another id for it, and its end. */
export function IntentUsages({ intent, intents: all, onOpen }: UsagesProps) {
  const { client, words } = useAdmin();
  const { intents, dialogs } = words;
  const bench = useBench();
  const say = useNotice();
  const [, go] = usePlace();
  const own = useId();
  const [to, setTo] = useState('');
  const found = useMemo(() => intentUsages(filesOf(bench), intent.id), [bench, intent.id]);
  const fault = useIdFault()(
    to,
    all.map(({ id }) => id),
  );
  function edit(change: () => Record<string, string | null>): number {
    try {
      const edits = Object.entries(change());
      for (const [path, text] of edits)
        client.store.dispatch({ type: 'edit', path, text: text ?? '', what: 'intent', at: Date.now() });
      return edits.length;
    } catch {
      say(dialogs.notDone, true);
      return 0;
    }
  }
  return (
    <div className="panel-body">
      <p className="hint">{found.length > 0 ? intents.opens : intents.noUse}</p>
      <ul className="usages">
        {found.map(({ file, line, path, text }) => {
          const dialog = dialogIdOf(file);
          return (
            <li key={`${file}:${line}:${path}`}>
              <button
                type="button"
                disabled={dialog === null}
                onClick={() => go({ page: 'dialogs', open: dialog, step: null })}
              >
                <b>{file.replace(/^dialogs\//, '')}</b> {dialogs.line(line)}
                <code>{path || text}</code>
              </button>
            </li>
          );
        })}
      </ul>
      {OWN_INTENTS.has(intent.id) ? (
        <p className="hint">{intents.own}</p>
      ) : (
        <div className="step-actions">
          <form
            className="rename"
            onSubmit={(event) => {
              event.preventDefault();
              if (to === '' || fault !== null) return;
              const count = edit(() => renameIntent(filesOf(client.store.read().bench), intent.id, to));
              if (count === 0) return;
              say(intents.renamed(count));
              onOpen(to);
            }}
          >
            <label htmlFor={own}>{intents.rename}</label>
            <Input
              id={own}
              value={to}
              placeholder={intent.id}
              onChange={({ target }) => setTo(target.value.trim())}
            />
            <p className={fault ? 'warn' : 'hint'}>{fault ?? intents.renameHint}</p>
          </form>
          <Popconfirm
            title={intents.removeIntent}
            description={intents.removeAsk(found.length)}
            onConfirm={() => {
              if (edit(() => deleteIntent(filesOf(client.store.read().bench), intent.id)) > 0) onOpen(null);
            }}
          >
            <Button danger>{intents.removeIntent}</Button>
          </Popconfirm>
        </div>
      )}
    </div>
  );
}
