import { pino } from 'pino';
import { z } from 'zod';

jest.mock('pino', () => ({ pino: 'mocked' }));

/** Packages are loaded once for all files of a worker, and still each file gets what it asks for. */
describe('packages in tests', () => {
  it('are mocked for the file that mocks them', () => {
    expect(pino).toBe('mocked');
  });

  it('are the real ones otherwise', () => {
    expect(z.string().parse('real')).toBe('real');
  });
});
