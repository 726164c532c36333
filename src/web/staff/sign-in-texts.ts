const zh = {
  signIn: '登录',
  login: '邮箱或工号',
  password: '密码',
  signInFailed: '账号或密码不对，请核对后再试。',
  code: '验证器的 6 位码（或恢复码）',
  signInByHouse: '用公司账号登录',
  houseAway: '公司登录暂时连不上，请用工号和密码登录。',
  houseRefused: '公司登录没有完成，请再试一次。',
  houseUnknown: '公司账号还没有和工号关联，请联系管理员。',
  locked: '失败次数太多，这个账号暂时锁定，15 分钟后再试。',
  expiredTitle: '登录已过期',
  expiredHint: '请重新登录。您正在写的内容都还在。',
  signOut: '退出登录',
};
export type SignInTexts = typeof zh;

const en: SignInTexts = {
  signIn: 'Sign in',
  login: 'E-mail or staff number',
  password: 'Password',
  signInFailed: 'Login or password is wrong. Check both and try again.',
  code: 'Code of your authenticator app (or a recovery code)',
  signInByHouse: 'Sign in with your company account',
  houseAway: 'The company sign-in is not reachable. Use your login and password.',
  houseRefused: 'The company sign-in was not completed. Try again.',
  houseUnknown: 'Your company account is not linked to a staff account. Ask an administrator.',
  locked: 'Too many attempts: this login is locked for 15 minutes.',
  expiredTitle: 'Your sign-in is over',
  expiredHint: 'Sign in again. What you were writing is kept.',
  signOut: 'Sign out',
};

export const signInTexts = { zh, en };
