import { shippedDialogs } from '../support/dialogs';

describe('the shipped dialogs', () => {
  it('load without a problem', () => {
    expect(shippedDialogs.problems).toEqual([]);
  });
});
