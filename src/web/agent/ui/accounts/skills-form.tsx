import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import { useEffect, useId, useState } from 'react';
import type { GroupView, Skills } from '../../../../contract/desk';
import { useDesk } from '../context';

const CAPACITIES = Array.from({ length: 10 }, (_, i) => i + 1);
type Read = { skills: Skills; groups: GroupView[] };

/** Which skill groups somebody serves and at which level, in which languages, and how many customers at once. */
export function SkillsForm({ accountId }: { accountId: string }) {
  const { client, words } = useDesk();
  const { accounts: texts, shell } = words;
  const [read, setRead] = useState<Read | null | 'loading'>('loading');
  const path = `/accounts/${accountId}/skills`;
  useEffect(() => {
    void Promise.all([
      client.call<{ skills: Skills }>('GET', path),
      client.call<{ groups: GroupView[] }>('GET', '/agent/groups'),
    ]).then(([mine, all]) => setRead(mine && all ? { skills: mine.skills, groups: all.groups } : null));
  }, [client, path]);
  return (
    <section>
      <h3>{texts.skills}</h3>
      {read === 'loading' && <p role="status">{shell.loading}</p>}
      {read === null && <p role="alert">{shell.notRead}</p>}
      {read !== null && read !== 'loading' && <Filled path={path} {...read} />}
    </section>
  );
}

function Filled({ path, skills: before, groups }: Read & { path: string }) {
  const { client, words, locale } = useDesk();
  const { accounts: texts } = words;
  const [skills, setSkills] = useState(before);
  const [kept, setKept] = useState(before);
  const [said, setSaid] = useState<{ text: string | undefined; isBad: boolean } | null>(null);
  const id = useId();
  const change = (part: Partial<Skills>) => setSkills({ ...skills, ...part });
  const held = skills.groups;
  const setLevel = (group: string, level: number): void => {
    const { [group]: _before, ...others } = held ?? {};
    change({ groups: level === 0 ? others : { ...others, [group]: level } });
  };
  async function save(): Promise<void> {
    // What stays is not said again: their own number of conversations stays as they said it.
    const { capacity, ...rest } = skills;
    const body = capacity === kept.capacity ? rest : skills;
    const answer = await client.tryCall('PATCH', path, body);
    if (answer.ok) setKept(skills);
    if (answer.ok) setSaid({ text: texts.saved, isBad: false });
    else setSaid({ text: texts.faults[answer.code] ?? texts.faults.other, isBad: true });
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Checkbox
        checked={held === null}
        onChange={({ target }) => change({ groups: target.checked ? null : {} })}
      >
        {texts.everyGroup}
      </Checkbox>
      <div className="account-fields">
        {held !== null &&
          groups.map(({ id: group, name }) => (
            <div key={group}>
              <label htmlFor={id + group}>{name[locale]}</label>
              <select
                id={id + group}
                aria-label={texts.level(name[locale])}
                value={held[group] ?? 0}
                onChange={({ target }) => setLevel(group, Number(target.value))}
              >
                {texts.levels.map((level, i) => (
                  <option key={level} value={i}>
                    {level}
                  </option>
                ))}
              </select>
            </div>
          ))}
        <div>
          <label htmlFor={`${id}lang`}>{texts.languages}</label>
          <select
            id={`${id}lang`}
            value={skills.languages?.length === 1 ? skills.languages[0] : ''}
            onChange={({ target }) =>
              change({ languages: target.value === '' ? null : [target.value as 'zh' | 'en'] })
            }
          >
            <option value="">{texts.everyLanguage}</option>
            <option value="zh">{texts.onlyZh}</option>
            <option value="en">{texts.onlyEn}</option>
          </select>
        </div>
        <div>
          <label htmlFor={`${id}cap`}>{texts.capacity}</label>
          <select
            id={`${id}cap`}
            value={skills.capacity}
            onChange={({ target }) => change({ capacity: Number(target.value) })}
          >
            {CAPACITIES.map((n) => (
              <option key={n} value={n}>
                {n}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor={`${id}end`}>{texts.shiftEnd}</label>
          <Input
            id={`${id}end`}
            type="time"
            value={skills.shiftEnd ?? ''}
            onChange={({ target }) => change({ shiftEnd: target.value || null })}
          />
        </div>
      </div>
      <p className="actions">
        <Button htmlType="submit">{texts.save}</Button>
      </p>
      {said && (
        <p className={said.isBad ? 'warn' : 'good'} role={said.isBad ? 'alert' : 'status'}>
          {said.text}
        </p>
      )}
    </form>
  );
}
