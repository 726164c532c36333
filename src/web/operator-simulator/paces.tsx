import type { Pace } from '../../contract/operator-simulator';
import type { Steer } from './steering';

const PACES: { pace: Pace; name: string; what: string }[] = [
  { pace: 'normal', name: '正常', what: '每次都马上回答。' },
  { pace: 'slow', name: '很慢', what: '每次查询等 15 秒才回答。' },
  { pace: 'dead', name: '断开', what: '每次查询都立刻失败。' },
];

/** How fast the whole operator answers. */
export function Paces({ pace, steer }: { pace: Pace; steer: Steer }) {
  return (
    <section class="card" aria-labelledby="paces">
      <h2 id="paces">运营商的反应</h2>
      <p class="hint">{PACES.find((each) => each.pace === pace)?.what}</p>
      <fieldset class="paces" aria-labelledby="paces">
        {PACES.map((each) => (
          <label key={each.pace}>
            <input
              type="radio"
              name="pace"
              checked={each.pace === pace}
              onChange={() => steer({ type: 'pace', pace: each.pace })}
            />
            <span>{each.name}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
