import {
  ACCOUNT_PARTS,
  accountNameSchema,
  type ChannelAccount,
  type Vendor,
} from '../../../contract/channel-accounts';

/** How a setting of an account is written in a form: one text, or a box that is ticked. */
export type Field = {
  /** The place in the settings, with dots. */
  path: string;
  /** Seldom changed: kept out of the way. */
  isRare?: boolean;
} & (
  | { type: 'text' | 'number' | 'flag' }
  /** One a line; `pairs` are `key=words`, `numbers` whole numbers. */
  | { type: 'lines' | 'pairs' | 'numbers' }
  | { type: 'choice'; options: readonly string[] }
);

export const FIELDS: Readonly<Record<Vendor, readonly Field[]>> = {
  wechat: [
    { path: 'appId', type: 'text' },
    { path: 'mode', type: 'choice', options: ['safe', 'compatible', 'plain'] },
    { path: 'handoff', type: 'choice', options: ['desk', 'wechat'] },
    { path: 'canShowMenu', type: 'flag' },
    { path: 'menu', type: 'pairs', isRare: true },
    { path: 'template.id', type: 'text', isRare: true },
    { path: 'template.field', type: 'text', isRare: true },
    { path: 'template.limit', type: 'number', isRare: true },
    { path: 'openPlatform', type: 'text', isRare: true },
    { path: 'message.sends', type: 'number', isRare: true },
    { path: 'message.windowSeconds', type: 'number', isRare: true },
    { path: 'event.sends', type: 'number', isRare: true },
    { path: 'event.windowSeconds', type: 'number', isRare: true },
    { path: 'apiBase', type: 'text', isRare: true },
  ],
  wecom: [
    { path: 'corpId', type: 'text' },
    { path: 'openKfIds', type: 'lines' },
    { path: 'handoff', type: 'choice', options: ['desk', 'wecom'] },
    { path: 'canShowMenu', type: 'flag' },
    { path: 'message.sends', type: 'number', isRare: true },
    { path: 'message.windowSeconds', type: 'number', isRare: true },
    { path: 'welcome.sends', type: 'number', isRare: true },
    { path: 'welcome.windowSeconds', type: 'number', isRare: true },
    { path: 'dropsDoubles', type: 'flag', isRare: true },
    { path: 'doubleCodes', type: 'numbers', isRare: true },
    { path: 'pollSeconds', type: 'number', isRare: true },
    { path: 'apiBase', type: 'text', isRare: true },
  ],
};

export const SECRETS: Readonly<Record<Vendor, readonly string[]>> = {
  wechat: Object.keys(ACCOUNT_PARTS.wechat.secrets.shape),
  wecom: Object.keys(ACCOUNT_PARTS.wecom.secrets.shape),
};

/** What a new account begins with; what every account needs is left empty. */
const FIRST = {
  wechat: ACCOUNT_PARTS.wechat.settings.partial({ appId: true }).parse({}),
  wecom: ACCOUNT_PARTS.wecom.settings.partial({ corpId: true, openKfIds: true }).parse({}),
};

export interface AccountForm {
  vendor: Vendor;
  name: string;
  /** By path. */
  values: Readonly<Record<string, string | boolean>>;
  /** What is written in place of the secrets that are there; empty: they stay. */
  secrets: Readonly<Record<string, string>>;
  /** Which secrets are there already. */
  kept: Readonly<Record<string, boolean>>;
}

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (now, key) => (typeof now === 'object' && now !== null ? Reflect.get(now, key) : undefined),
      value,
    );

function shown({ type }: Field, value: unknown): string | boolean {
  if (type === 'flag') return value === true;
  if (type === 'pairs')
    return Object.entries(value ?? {})
      .map(([key, words]) => `${key}=${words}`)
      .join('\n');
  return Array.isArray(value) ? value.join('\n') : String(value ?? '');
}

/** The form of an account; of a new one without it. */
export function formOf(vendor: Vendor, account: ChannelAccount | null): AccountForm {
  const settings = account?.settings ?? FIRST[vendor];
  return {
    vendor,
    name: account?.name ?? '',
    values: Object.fromEntries(
      FIELDS[vendor].map((field) => [field.path, shown(field, at(settings, field.path))]),
    ),
    secrets: Object.fromEntries(SECRETS[vendor].map((name) => [name, ''])),
    kept: account?.secrets ?? {},
  };
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Undefined for what is left empty. */
function written({ type }: Field, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  if (type === 'lines') return linesOf(value);
  if (type === 'numbers') return linesOf(value).map(Number);
  if (type === 'pairs')
    return Object.fromEntries(
      linesOf(value).map((line) => {
        const cut = line.indexOf('=');
        return cut < 0 ? [line, ''] : [line.slice(0, cut).trim(), line.slice(cut + 1).trim()];
      }),
    );
  const text = value.trim();
  return text === '' ? undefined : type === 'number' ? Number(text) : text;
}

/** The settings that a form stands for; a template is there when its id or its field is written. */
export function settingsOf({ vendor, values }: AccountForm): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const field of FIELDS[vendor]) {
    const value = written(field, values[field.path] ?? '');
    const [key = '', inner] = field.path.split('.');
    if (value === undefined) continue;
    if (inner === undefined) settings[key] = value;
    else settings[key] = { ...(settings[key] as object | undefined), [inner]: value };
  }
  const template = settings.template as { id?: string; field?: string } | undefined;
  if (template && template.id === undefined && template.field === undefined) delete settings.template;
  return settings;
}

/** The secrets that were written. */
export const secretsOf = ({ secrets }: AccountForm): Record<string, string> =>
  Object.fromEntries(
    Object.entries(secrets)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );

/** Where a form is not yet an account: paths of settings, names of secrets, `name`. */
export function lacksOf(form: AccountForm): Set<string> {
  const { vendor, name, kept } = form;
  const lacks = new Set<string>();
  if (!accountNameSchema.safeParse(name).success) lacks.add('name');
  const parts = ACCOUNT_PARTS[vendor];
  const settings = settingsOf(form);
  for (const { path } of parts.settings.safeParse(settings).error?.issues ?? []) {
    const near = [path.slice(0, 2).join('.'), String(path[0])];
    lacks.add(near.find((each) => FIELDS[vendor].some((field) => field.path === each)) ?? String(path[0]));
  }
  const secrets = secretsOf(form);
  for (const { path } of parts.secrets.partial().safeParse(secrets).error?.issues ?? [])
    lacks.add(String(path[0]));
  for (const secret of SECRETS[vendor]) {
    const isNeeded = vendor === 'wecom' || secret !== 'encodingAesKey' || settings.mode !== 'plain';
    if (isNeeded && !kept[secret] && secrets[secret] === undefined) lacks.add(secret);
  }
  return lacks;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random text of letters and digits, each as likely as any other. */
export function randomText(length: number, randomBytes: (count: number) => Uint8Array): string {
  const fair = 256 - (256 % LETTERS.length);
  let text = '';
  while (text.length < length)
    for (const byte of randomBytes(length))
      if (byte < fair && text.length < length) text += LETTERS[byte % LETTERS.length];
  return text;
}
