import { newestOnly } from '../../../src/web/agent/client/newest';

/** A read that answers when it is told to. */
function held() {
  let answer: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const read = () =>
    new Promise<string>((resolve, reject) => {
      answer = resolve;
      fail = reject;
    });
  return { read, answer: (value: string) => answer(value), fail: () => fail(new Error('away')) };
}

describe('newestOnly', () => {
  it('drops what was asked for before what is shown', async () => {
    const newest = newestOnly();
    const [older, newer] = [held(), held()];
    const first = newest('lists', older.read);
    const second = newest('lists', newer.read);
    newer.answer('taken');
    expect(await second).toBe('taken');
    older.answer('still offered');
    expect(await first).toBeNull();
  });

  it('shows answers that come in order, and those of other things', async () => {
    const newest = newestOnly();
    const [lists, me, again] = [held(), held(), held()];
    const first = newest('lists', lists.read);
    const second = newest('me', me.read);
    me.answer('online');
    expect(await second).toBe('online');
    const third = newest('lists', again.read);
    lists.answer('one');
    expect(await first).toBe('one');
    again.answer('two');
    expect(await third).toBe('two');
  });

  it('keeps an older answer when the newer read fails', async () => {
    const newest = newestOnly();
    const [older, newer] = [held(), held()];
    const first = newest('lists', older.read);
    const second = newest('lists', newer.read);
    newer.fail();
    await expect(second).rejects.toThrow('away');
    older.answer('what there is');
    expect(await first).toBe('what there is');
  });
});
