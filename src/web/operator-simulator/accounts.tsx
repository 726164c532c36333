import { useState } from 'preact/hooks';
import type { AccountStanding, SimulatorState } from '../../contract/operator-simulator';
import { PlaceRow } from './places';
import type { Steer } from './steering';

const STANDINGS: Record<AccountStanding, string> = {
  normal: '正常',
  arrears: '欠费停机',
  suspended: '申请停机',
  'fraud-stop': '反诈停机',
  capped: '达量限速',
};
const names = Object.entries(STANDINGS) as [AccountStanding, string][];

/** How accounts stand, by their phone. */
export function Accounts({ state, steer, isBusy }: { state: SimulatorState; steer: Steer; isBusy: boolean }) {
  const [phone, setPhone] = useState('');
  const [standing, setStanding] = useState<AccountStanding>('capped');
  return (
    <section class="card" aria-labelledby="accounts">
      <h2 id="accounts">账户状态</h2>
      <p class="hint">填客户验证过的手机号，选账户查出来是什么状态。</p>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          steer({ type: 'account', phone, standing });
        }}
      >
        <label>
          手机号
          <input
            required
            inputMode="numeric"
            pattern="1[0-9]{10}"
            maxLength={11}
            list="phones"
            value={phone}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
        </label>
        <datalist id="phones">
          {state.phones.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label>
          状态
          <select
            value={standing}
            onChange={(event) => setStanding(event.currentTarget.value as AccountStanding)}
          >
            {names.map(([each, name]) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="act main" disabled={isBusy}>
          改成这样
        </button>
      </form>
      <ul class="rows">
        {state.accounts.map((account) => (
          <PlaceRow
            key={account.phone}
            place={account.phone}
            standing={<small>{STANDINGS[account.standing]}</small>}
            isBusy={isBusy}
            onForget={() => steer({ type: 'forget', what: 'account', place: account.phone })}
          />
        ))}
      </ul>
      {state.accounts.length === 0 && <p class="empty">还没有改动，账户按种子模拟。</p>}
    </section>
  );
}
