/** What the tests need beside Node: a Redis, a browser, and letters for Chinese in screenshots. */
export const testPrograms = [
  { program: 'redis-server', packages: ['redis-server'] },
  { program: 'chromium', packages: ['chromium', 'fonts-noto-cjk'] },
];
