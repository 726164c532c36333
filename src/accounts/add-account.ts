import { parseArgs } from 'node:util';
import { readConfig } from '../config';
import { AppError, messageOf } from '../errors';
import { isAnswered } from '../launch/is-answered';
import { readRunFile } from '../launch/run-file';
import { connectDatabase, type Database } from '../records/database';
import { isMigrated } from '../records/migrate';
import { loginSchema, newAccountSchema } from './account';
import { addAccount, findAccount } from './accounts';
import { createAccountLinks } from './links';
import { readSkillOptions, skillOptions } from './skill-options';
import { changeSkills } from './skills';

const USAGE = `npm run accounts:add -- --login <e-mail or staff number> --name <name> --role agent|supervisor|admin|auditor
    [--site <where>] [--team <with whom>] [--places 江苏省,合肥市]    whose content alone it may change
    [--groups fault:2,general] [--languages zh,en] [--capacity 4] [--shift-end 18:00]    what an agent can do
npm run accounts:add -- --login <login> --new-link        a new link for somebody who has lost the password`;

/** Where the accounts are: the configured database, or the one that the running server brought along. */
export interface Place {
  databaseUrl: string;
  url: string;
}

/** Throws `bad-settings` when no database is configured and no server runs on the data folder. */
export function placeOf(env: Record<string, string | undefined>): Place {
  const config = readConfig(env);
  const run = readRunFile(config.DATA_DIR);
  const databaseUrl = config.DATABASE_URL ?? run?.databaseUrl;
  if (databaseUrl === undefined) {
    throw new AppError(
      'bad-settings',
      `No server runs on the data folder ${config.DATA_DIR}, and it brings the database along: run npm start first, or set DATABASE_URL.`,
    );
  }
  return { databaseUrl, url: config.PUBLIC_URL ?? run?.url ?? `http://${config.HOST}:${config.PORT}` };
}

/** Adds an account, or makes a new link for one. Answers what to tell the caller. */
export async function addByArguments(
  db: Database,
  url: string,
  args: string[],
  now: number,
): Promise<string> {
  const { values } = parseArgs({
    args,
    options: {
      login: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      site: { type: 'string' },
      team: { type: 'string' },
      places: { type: 'string' },
      'new-link': { type: 'boolean' },
      ...skillOptions,
    },
  });
  const links = createAccountLinks({ db, clock: () => now, baseUrl: () => url });
  const tell = (login: string, link: string) =>
    `${login} sets a password here, once and within 24 hours:\n  ${link}`;
  if (values['new-link']) {
    const login = loginSchema.safeParse(values.login);
    const account = login.success ? await findAccount(db, { login: login.data }) : null;
    if (!account) throw new AppError('not-found', `There is no account with this login.\n${USAGE}`);
    return tell(account.login, await links.createPasswordLink(account.id, null));
  }
  const { login, name, role, site, team } = values;
  const places = values.places?.split(/[,，、\s]+/).filter(Boolean);
  const wanted = newAccountSchema.safeParse({ login, name, role, site, team, places });
  if (!wanted.success) {
    const problems = wanted.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
    throw new AppError('bad-request', `${problems.join('\n')}\n${USAGE}`);
  }
  const skills = readSkillOptions(values);
  if (!skills.success) throw new AppError('bad-request', `${skills.problems.join('\n')}\n${USAGE}`);
  const id = await addAccount(db, wanted.data, { accountId: null, at: now });
  if (Object.keys(skills.change).length > 0)
    await changeSkills(db, id, skills.change, { accountId: null, at: now });
  return tell(wanted.data.login, await links.createPasswordLink(id, null));
}

/** `npm run accounts:add`: prints the link and answers the exit code. */
export async function runAddAccount(
  args: string[],
  env: Record<string, string | undefined>,
  say: (text: string) => void,
): Promise<number> {
  let db: Database | undefined;
  try {
    const { databaseUrl, url } = placeOf(env);
    if (!(await isAnswered(databaseUrl, 5432))) {
      throw new AppError(
        'unavailable',
        'The database does not answer: run npm start first, or mend DATABASE_URL.',
      );
    }
    db = connectDatabase(databaseUrl, () => undefined, 1);
    if (!(await isMigrated(db)))
      throw new AppError('unavailable', 'The tables are not there yet: run npm start once.');
    say(await addByArguments(db, url, args, Date.now()));
    return 0;
  } catch (error) {
    say(messageOf(error));
    return 1;
  } finally {
    await db?.destroy();
  }
}
