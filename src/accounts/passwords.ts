import { hash, verify } from '@node-rs/argon2';
import { foldLogin } from './account';

/** argon2id, 19 MiB, two passes: what OWASP recommends; the parameters are part of each hash. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const PASSWORD_MIN = 10;

/** The commonest that are long enough to pass the length rule, folded. */
const COMMONEST = new Set(
  `1234567890 0123456789 9876543210 0987654321 12345678910 1234567890a 123456789a a123456789 a1234567890
   12345678900 11223344556 1122334455 1234512345 1231231231 123123123123 5201314520 woaini1314 woaini5201314
   woaini123456 password12 password123 password1234 p@ssw0rd123 passw0rd123 passw0rd1234 qwertyuiop qwerty1234
   qwerty12345 qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv asdfghjkl1 asdfghjkl123 zxcvbnm123
   zxcvbnm1234 abc1234567 abcd123456 abc123456789 abcdefghij admin12345 admin123456 admin@12345 administrator
   iloveyou123 welcome123 welcome1234 letmein1234 changeme123 telecom123 telecom1234 telecom12345 china12345`
    .split(/\s+/)
    .filter(Boolean),
);

const normal = (password: string): string => password.normalize('NFKC');

/** What is wrong with a new password, in Chinese and English; null when it will do. */
export function passwordProblem(password: string, login: string): string | null {
  const folded = foldLogin(password);
  if ([...normal(password)].length < PASSWORD_MIN) {
    return `密码至少要 ${PASSWORD_MIN} 位。The password needs at least ${PASSWORD_MIN} characters.`;
  }
  if (folded === login || folded === login.split('@')[0]) {
    return '密码不能和账号相同。The password must not be the login.';
  }
  if (COMMONEST.has(folded) || new Set(folded).size < 4) {
    return '这个密码太常见，请换一个，比如四个不相干的词。The password is one of those that are tried first: choose another, such as four unrelated words.';
  }
  return null;
}

export const hashPassword = (password: string): Promise<string> => hash(normal(password), COST);

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one of the hash. Null, for a login that nobody has, takes as long as a real one: the
 * time must not tell which logins there are.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('the password of nobody');
  const isRight = await verify(passwordHash ?? (await decoy), normal(password));
  return isRight && passwordHash !== null;
}
