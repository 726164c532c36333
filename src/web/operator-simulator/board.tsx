import type { Api } from '../shared/call';
import { Accounts } from './accounts';
import { Known } from './known';
import { Lines } from './lines';
import { Orders } from './orders';
import { Outages } from './outages';
import { Paces } from './paces';
import { Sent } from './sent';
import { useSteering } from './steering';

/** The board that steers the simulated operator. */
export function Board({ api }: { api: Api }) {
  const { state, notice, isBusy, steer } = useSteering(api);
  const told = notice?.text ?? (state ? '只在开发环境有；重启后恢复默认' : '正在读取…');
  return (
    <>
      <header class="bar">
        <div class="who">
          <h1>模拟运营商</h1>
          <p role="status" class={notice?.isBad ? 'offline' : ''}>
            {told}
          </p>
        </div>
        <a class="plain" href="/chat">
          去聊天
        </a>
      </header>
      {state && (
        <main class="board">
          <Paces pace={state.pace} steer={steer} />
          <Sent
            title="验证码"
            rows={state.codes.map(({ code, ...rest }) => ({ ...rest, code }))}
            zone={state.timeZone}
          />
          <Orders orders={state.orders} steer={steer} isBusy={isBusy} zone={state.timeZone} />
          <Outages state={state} steer={steer} isBusy={isBusy} />
          <Lines state={state} steer={steer} isBusy={isBusy} />
          <Accounts state={state} steer={steer} isBusy={isBusy} />
          <Sent title="短信" rows={state.texts} zone={state.timeZone} />
          <Known title="可以试的手机号" rows={state.phones} />
          <Known title="可以试的地址" rows={state.places} />
        </main>
      )}
    </>
  );
}
