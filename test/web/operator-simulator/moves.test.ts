import { steerSchema } from '../../../src/contract/operator-simulator';
import { movesOf } from '../../../src/web/operator-simulator/moves';

const NOW = Date.UTC(2026, 10, 24, 2, 20);
const order = {
  number: 'F261124ABCDEFGHJK',
  kind: 'fault',
  status: 'registered',
  summary: '断网',
  address: null,
  isPaused: false,
  hasAccepted: false,
  hasArrived: false,
  technician: null,
  updatedAt: NOW,
};
const names = (changed: Partial<typeof order>) =>
  movesOf({ ...order, ...changed }, NOW).map(({ name }) => name);

describe('what may be told of an order', () => {
  it('begins with what is likeliest next', () => {
    expect(names({})[0]).toBe('接单');
    expect(names({ status: 'assigned', hasAccepted: true })[0]).toBe('到了现场');
    expect(names({ status: 'in-progress', hasAccepted: true, hasArrived: true })[0]).toBe('做好了');
  });

  it('goes on or pauses, by how it stands', () => {
    expect(names({ isPaused: true })).toContain('继续处理');
    expect(names({ isPaused: true })).not.toContain('暂停：等配件');
    expect(names({})).not.toContain('继续处理');
  });

  it.each(['resolved', 'closed', 'cancelled'])('is nothing for one that is %s', (status) => {
    expect(names({ status })).toEqual([]);
  });

  it('is always what the server takes', () => {
    for (const hasArrived of [false, true]) {
      for (const isPaused of [false, true]) {
        for (const { act } of movesOf({ ...order, hasArrived, isPaused }, NOW)) {
          const { number } = order;
          expect(steerSchema.safeParse({ type: 'order', number, act }).success).toBe(true);
        }
      }
    }
  });
});
