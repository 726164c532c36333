import { useState } from 'preact/hooks';
import type { SimulatorState } from '../../contract/operator-simulator';
import { PlaceField, PlaceRow } from './places';
import type { Steer } from './steering';
import { clockTime } from './when';

interface Props {
  state: SimulatorState;
  steer: Steer;
  isBusy: boolean;
}

/** Outages that are caused, or ended, by hand. */
export function Outages({ state, steer, isBusy }: Props) {
  const [place, setPlace] = useState('');
  const [hours, setHours] = useState('2');
  const [isPlanned, setIsPlanned] = useState(false);
  const set = (isOut: boolean) =>
    steer({ type: 'outage', place, isOut, isPlanned, hours: Number(hours) || 2 });
  return (
    <section class="card" aria-labelledby="outages">
      <h2 id="outages">区域故障</h2>
      <p class="hint">填地址里的一段（如 人民路66号），或服务区编号（如 nj-qh-02）。</p>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          set(true);
        }}
      >
        <PlaceField label="地方" place={place} onPlace={setPlace} />
        <label class="short">
          几小时后恢复
          <input
            type="number"
            min="0.1"
            max="72"
            step="0.1"
            value={hours}
            onInput={(event) => setHours(event.currentTarget.value)}
          />
        </label>
        <label class="short">
          性质
          <select
            value={isPlanned ? 'planned' : 'broken'}
            onChange={(event) => setIsPlanned(event.currentTarget.value === 'planned')}
          >
            <option value="broken">故障</option>
            <option value="planned">计划割接</option>
          </select>
        </label>
        <button type="submit" class="act main" disabled={isBusy}>
          制造故障
        </button>
        <button type="button" class="act" disabled={isBusy || place.trim() === ''} onClick={() => set(false)}>
          宣布恢复
        </button>
      </form>
      <datalist id="places">
        {state.places.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul class="rows">
        {state.outages.map((outage) => (
          <PlaceRow
            key={outage.place}
            place={outage.place}
            standing={
              <small class={outage.isOut ? 'warn' : ''}>
                {outage.isOut
                  ? `${outage.cause}，预计 ${clockTime(outage.restoreAt, state.timeZone)} 恢复`
                  : '没有故障'}
              </small>
            }
            isBusy={isBusy}
            onForget={() => steer({ type: 'forget', what: 'outage', place: outage.place })}
          >
            {outage.isOut && (
              <button
                type="button"
                class="act"
                disabled={isBusy}
                onClick={() => steer({ type: 'outage', place: outage.place, isOut: false })}
              >
                宣布恢复
              </button>
            )}
          </PlaceRow>
        ))}
      </ul>
      {state.outages.length === 0 && <p class="empty">还没有改动，故障按种子模拟。</p>}
    </section>
  );
}
