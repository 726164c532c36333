import Input from 'antd/es/input';
import { useId } from 'react';
import type { Role } from '../../../../accounts/account';
import { useDesk } from '../context';

export interface AccountData {
  name: string;
  role: Role;
  site: string;
  team: string;
  /** Full names with anything between. */
  places: string;
}

const ROLES: Role[] = ['agent', 'supervisor', 'admin', 'auditor'];

/** What stands in an account besides its login. */
export function AccountFields({
  data,
  onChange,
}: {
  data: AccountData;
  onChange: (data: AccountData) => void;
}) {
  const { accounts: texts } = useDesk().words;
  const id = useId();
  const text = (field: 'name' | 'site' | 'team' | 'places', most: number) => (
    <div>
      <label htmlFor={id + field}>{texts[field]}</label>
      <Input
        id={id + field}
        maxLength={most}
        value={data[field]}
        onChange={({ target }) => onChange({ ...data, [field]: target.value })}
      />
    </div>
  );
  return (
    <div className="account-fields">
      {text('name', 80)}
      <div>
        <label htmlFor={`${id}role`}>{texts.role}</label>
        <select
          id={`${id}role`}
          value={data.role}
          onChange={({ target }) => onChange({ ...data, role: target.value as Role })}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {texts.roles[role]}
            </option>
          ))}
        </select>
      </div>
      {text('site', 40)}
      {text('team', 40)}
      {text('places', 2000)}
    </div>
  );
}

/** As the server takes it: nothing is null. */
export const sentOf = ({ name, role, site, team, places }: AccountData) => ({
  name: name.trim(),
  role,
  site: site.trim() || null,
  team: team.trim() || null,
  places: places.split(/[\s,，、;；]+/).filter(Boolean),
});
