/**
 * What the tests need beside Node: a Redis, a browser, and letters for Chinese in screenshots. The browser without a
 * window of its own needs a fifth less of the processor; the whole one does as well where it is there already.
 */
export const testPrograms = [
  { program: 'redis-server', packages: ['redis-server'] },
  {
    program: 'chromium-headless-shell',
    orElse: 'chromium',
    packages: ['chromium-headless-shell', 'fonts-noto-cjk'],
  },
];
