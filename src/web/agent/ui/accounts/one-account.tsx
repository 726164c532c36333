import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import type { Account } from '../../../../accounts/account';
import type { Method } from '../../../shared/call';
import { useDesk } from '../context';
import { AccountFields, sentOf } from './account-fields';
import { AccountSignIns } from './account-sign-ins';
import { PasswordLink } from './new-account';
import { SkillsForm } from './skills-form';

/** One account: data, skills, sign-ins, and what helps its holder in. */
export function OneAccount({ account, onChange }: { account: Account; onChange: () => Promise<void> }) {
  const { client, words } = useDesk();
  const { accounts: texts, shell } = words;
  const { id, name, login, role, site, team, places, disabledAt, hasSecondFactor } = account;
  const [data, setData] = useState({
    name,
    role,
    site: site ?? '',
    team: team ?? '',
    places: places.join('、'),
  });
  const [said, setSaid] = useState<{ text: string | undefined; isBad: boolean } | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const path = `/accounts/${id}`;
  /** Says what came of it beside the buttons. */
  async function act<T>(method: Method, rest: string, body: unknown): Promise<T | null> {
    const answer = await client.tryCall<T>(method, path + rest, body);
    if (answer.ok) setSaid({ text: texts.saved, isBad: false });
    else setSaid({ text: texts.faults[answer.code] ?? texts.faults.other, isBad: true });
    await onChange();
    return answer.ok ? answer.value : null;
  }
  const isDisabled = disabledAt !== null;
  async function makeLink(): Promise<void> {
    const made = await act<{ link: string }>('POST', '/link', {});
    if (made) setLink(made.link);
  }
  return (
    <section aria-label={name} className="one-account">
      <h2>
        {name} <span className="quiet">{login}</span>
      </h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act('PATCH', '', sentOf(data));
        }}
      >
        <h3>{texts.data}</h3>
        <AccountFields data={data} onChange={setData} />
        <p className="actions">
          <Button type="primary" htmlType="submit" disabled={data.name.trim() === ''}>
            {texts.save}
          </Button>
          <Button onClick={() => void makeLink()}>{texts.link}</Button>
          {hasSecondFactor && (
            <Popconfirm
              title={texts.removeFactorAsk}
              okText={texts.removeFactor}
              cancelText={shell.cancel}
              onConfirm={() => void act('DELETE', '/second-factor', undefined)}
            >
              <Button>{texts.removeFactor}</Button>
            </Popconfirm>
          )}
          {isDisabled ? (
            <Button onClick={() => void act('PATCH', '', { isDisabled: false })}>{texts.enable}</Button>
          ) : (
            <Popconfirm
              title={texts.disableAsk}
              okText={texts.disable}
              cancelText={shell.cancel}
              onConfirm={() => void act('PATCH', '', { isDisabled: true })}
            >
              <Button danger>{texts.disable}</Button>
            </Popconfirm>
          )}
        </p>
        {said && (
          <p className={said.isBad ? 'warn' : 'good'} role={said.isBad ? 'alert' : 'status'}>
            {said.text}
          </p>
        )}
        {link && <PasswordLink link={link} />}
      </form>
      {role !== 'auditor' && <SkillsForm accountId={id} />}
      <AccountSignIns accountId={id} key={`${id} ${isDisabled} ${hasSecondFactor}`} />
    </section>
  );
}
