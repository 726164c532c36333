import { useState } from 'preact/hooks';
import type { LineOutcome, SimulatorState } from '../../contract/operator-simulator';
import { PlaceField, PlaceRow } from './places';
import type { Steer } from './steering';

const OUTCOMES: Record<LineOutcome, string> = {
  ok: '线路正常',
  'low-light': '弱光',
  'no-light': '没有光',
  'power-off': '光猫没通电',
  'port-down': '局端端口不通',
  'auth-failed': '登录不上',
  slow: '速度不达标',
  error: '测试出错',
  timeout: '测试没有结果',
};
const names = Object.entries(OUTCOMES) as [LineOutcome, string][];

/** What line tests come to, by place. */
export function Lines({ state, steer, isBusy }: { state: SimulatorState; steer: Steer; isBusy: boolean }) {
  const [place, setPlace] = useState('');
  const [outcome, setOutcome] = useState<LineOutcome>('no-light');
  return (
    <section class="card" aria-labelledby="lines">
      <h2 id="lines">线路测试</h2>
      <p class="hint">填地址里的一段，选这里的测试会得到什么。</p>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          steer({ type: 'line', place, outcome });
        }}
      >
        <PlaceField label="地址" place={place} onPlace={setPlace} />
        <label>
          结果
          <select value={outcome} onChange={(event) => setOutcome(event.currentTarget.value as LineOutcome)}>
            {names.map(([each, name]) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="act main" disabled={isBusy}>
          就这样测
        </button>
      </form>
      <ul class="rows">
        {state.lines.map((line) => (
          <PlaceRow
            key={line.place}
            place={line.place}
            standing={<small>{OUTCOMES[line.outcome]}</small>}
            isBusy={isBusy}
            onForget={() => steer({ type: 'forget', what: 'line', place: line.place })}
          />
        ))}
      </ul>
      {state.lines.length === 0 && <p class="empty">还没有改动，测试结果按种子模拟。</p>}
    </section>
  );
}
