import { callJson, type TestApp } from './app';

export const AGENT_PASSWORD = 'correct horse battery';

/** Adds an account with a password, as an admin does. Answers its id. */
export async function addColleague(
  app: TestApp,
  admin: string,
  { login, name, role = 'agent' }: { login: string; name: string; role?: string },
): Promise<string> {
  const added = await callJson('POST', `${app.url}/accounts`, { cookie: admin, body: { login, name, role } });
  const { account, link } = added.body as { account: { id: string }; link: string };
  const token = new URL(link).searchParams.get('token');
  await callJson('POST', `${app.url}/setup`, { body: { token, password: AGENT_PASSWORD } });
  return account.id;
}
