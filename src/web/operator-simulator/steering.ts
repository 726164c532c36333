import { useCallback, useEffect, useState } from 'preact/hooks';
import type { SimulatorState, SteerInput } from '../../contract/operator-simulator';
import { type Api, CallError } from '../shared/call';

const PATH = '/simulator/operator';
const POLL_MS = 2000;

export type Steer = (wish: SteerInput) => Promise<void>;

/** What became of the last thing that was asked for; what is shown meanwhile is the last that was known. */
export type Notice = { isBad: boolean; text: string } | null;

function noticeOf(error: unknown): Notice {
  const status = error instanceof CallError ? error.status : 0;
  if (status === 409) return { isBad: true, text: '这张工单现在不能走这一步，没有改动。' };
  if (status === 400) return { isBad: true, text: '填写的内容不对，没有改动。请改好后再试。' };
  return { isBad: true, text: '连不上服务器，每 2 秒重试一次。下面是最后一次看到的情况。' };
}

/** The state of the simulated operator, read again and again, and the way to change it. */
export function useSteering(api: Api) {
  const [state, setState] = useState<SimulatorState | null>(null);
  const [notice, setNotice] = useState<Notice>(null);
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    let isOver = false;
    let timer = 0;
    const look = async () => {
      try {
        const found = await api.call<SimulatorState>('GET', `${PATH}/state`);
        if (isOver) return;
        setState(found);
        setNotice((before) => (before?.text.startsWith('连不上') ? null : before));
      } catch (error) {
        if (!isOver) setNotice(noticeOf(error));
      }
      if (!isOver) timer = window.setTimeout(look, POLL_MS);
    };
    look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [api]);

  const steer: Steer = useCallback(
    async (wish) => {
      setBusy(true);
      try {
        setState(await api.call<SimulatorState>('POST', `${PATH}/steer`, { body: wish }));
        setNotice({ isBad: false, text: '已生效' });
      } catch (error) {
        setNotice(noticeOf(error));
      } finally {
        setBusy(false);
      }
    },
    [api],
  );
  return { state, notice, isBusy, steer };
}
