import { byPattern, nearMisses } from '../patterns';

const LABEL =
  '(?:宽带(?:的)?(?:账号|帐号|号码?|编码|用户名)|账号|帐号|\\b(?:broadband\\s+)?account(?:\\s+number|\\s+no\\.?)?)\\s*(?:是|为|:|is)?\\s*';
/** "use 139…" is no account. */
const WORDS = 'use|call|try|dial|please|yes|yeah|ok|okay|no|not|its|it|is|on|at|to|number|phone|mobile';
const SHAPE = '(?=[a-z._@-]*\\d)[a-z0-9][a-z0-9@._-]';

/** Letters and digits after the word for an account; without the word only a message that is nothing but an account. */
export const findAccounts = byPattern(
  'broadband-account',
  new RegExp(
    `(?<=${LABEL})${SHAPE}{5,31}(?![a-z0-9])|(?<=^\\s*)(?:[a-z]{1,8}[_-]?\\d{5,14}|(?!(?:${WORDS})\\s)[a-z]{1,8}\\s\\d{4}\\s?\\d{3,8}|[a-z0-9._-]{3,24}@[a-z0-9.]{2,12})(?=\\s*$)`,
    'gi',
  ),
  ([account]) => account.replace(/\s/g, '').toLowerCase(),
);

/** "账号 12345": too short for an account. */
export const findAccountMisses = nearMisses(
  'broadband-account',
  new RegExp(`${LABEL}[a-z0-9]{1,5}(?![a-z0-9@._-])|^\\s*(?:[a-z]{1,5}\\d{0,4}|\\d{3,5})\\s*$`, 'gi'),
  () => ({ reason: 'too-short' }),
);
