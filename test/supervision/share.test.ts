import { share } from '../../src/supervision/share';

describe('a reading that is shared', () => {
  it('is made once for all who ask within its time, and anew when something has changed', async () => {
    let reads = 0;
    let now = 0;
    const shared = share(async () => ++reads, { forMs: 1000, clock: () => now });
    expect(await Promise.all([shared.read(), shared.read()])).toEqual([1, 1]);
    now = 999;
    expect(await shared.read()).toBe(1);
    now = 1000;
    expect(await shared.read()).toBe(2);
    shared.forget();
    expect(await shared.read()).toBe(3);
  });

  it('is not kept when it failed', async () => {
    let reads = 0;
    const shared = share(
      async () => {
        reads += 1;
        if (reads === 1) throw new Error('away');
        return reads;
      },
      { forMs: 1000, clock: () => 0 },
    );
    await expect(shared.read()).rejects.toThrow('away');
    expect(await shared.read()).toBe(2);
  });
});
